package dev.filigree.distance.pairs;

import dev.filigree.distance.LayerDistance;
import dev.filigree.distance.NetworkDistance;
import java.util.List;

/**
 * What is kept of a {@link NetworkDistance} where there are many: the numbers without the matchings.
 *
 * @param layers distance of every layer, from the input side, each in [0, 1]
 * @param largestGap no layer's matching is farther than this from its best one, given those before
 */
public record PairDistance(List<Double> layers, double largestGap) {
    /**
     * Checks that there is a layer.
     *
     * @throws IllegalArgumentException if {@code layers} is empty
     */
    public PairDistance {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("the distance of a pair needs at least one layer");
        }
    }

    static PairDistance of(NetworkDistance distance) {
        return new PairDistance(distance.layers().stream().map(LayerDistance::distance).toList(),
                distance.largestGap());
    }

    /** Mean distance over the layers, in [0, 1]. */
    public double mean() {
        double sum = 0;
        for (double layer : layers) {
            sum += layer;
        }
        return sum / layers.size();
    }
}
