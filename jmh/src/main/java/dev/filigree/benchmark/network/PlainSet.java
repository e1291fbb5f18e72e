package dev.filigree.benchmark.network;

import dev.filigree.network.Initializer;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** SET as one writes it first: sort the magnitudes to prune, draw places until they are free to grow. */
final class PlainSet {
    private final long cells;
    /** Ascending row-major places of the connections. */
    private long[] places;
    private float[] weights;
    private float[] velocity;

    /** The connections of a topology, with velocities that equal the weights. */
    PlainSet(LayerTopology topology, float[] weights) {
        this.cells = (long) topology.inputs() * topology.outputs();
        this.weights = weights;
        this.velocity = weights.clone();
        this.places = new long[weights.length];
        for (int j = 0; j < topology.outputs(); j++) {
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                places[(int) k] = (long) j * topology.inputs() + topology.source(k);
            }
        }
    }

    /** Replaces the fraction zeta of the connections; returns their number. */
    int evolve(double zeta, Initializer.Draw draw, SplittableRandom random) {
        boolean[] pruned = new boolean[weights.length];
        prune(pruned, 1, zeta);
        prune(pruned, -1, zeta);
        int[] kept = IntStream.range(0, pruned.length).filter(k -> !pruned[k]).toArray();
        Set<Long> taken = new HashSet<>();
        for (int k : kept) {
            taken.add(places[k]);
        }
        long[] grown = new long[pruned.length - kept.length];
        for (int g = 0; g < grown.length;) {
            long place = random.nextLong(cells);
            if (taken.add(place)) {
                grown[g++] = place;
            }
        }
        Arrays.sort(grown);
        merge(kept, grown, draw, random);
        return grown.length;
    }

    private void prune(boolean[] pruned, int sign, double zeta) {
        long[] bySize = IntStream.range(0, weights.length).filter(k -> sign * weights[k] > 0)
                .mapToLong(k -> (long) Float.floatToRawIntBits(Math.abs(weights[k])) << 32 | k).sorted().toArray();
        for (int i = 0; i < (int) (zeta * bySize.length); i++) {
            pruned[(int) bySize[i]] = true;
        }
    }

    private void merge(int[] kept, long[] grown, Initializer.Draw draw, SplittableRandom random) {
        long[] newPlaces = new long[places.length];
        float[] newWeights = new float[places.length];
        float[] newVelocity = new float[places.length];
        int i = 0;
        int g = 0;
        for (int k = 0; k < newPlaces.length; k++) {
            if (g == grown.length || (i < kept.length && places[kept[i]] < grown[g])) {
                newPlaces[k] = places[kept[i]];
                newWeights[k] = weights[kept[i]];
                newVelocity[k] = velocity[kept[i++]];
            } else {
                newPlaces[k] = grown[g++];
                newWeights[k] = draw.next(random);
            }
        }
        places = newPlaces;
        weights = newWeights;
        velocity = newVelocity;
    }

    /** Weights of the connections whose velocity is not 0, by place. */
    Map<Long, Float> kept() {
        Map<Long, Float> kept = new TreeMap<>();
        for (int k = 0; k < places.length; k++) {
            if (velocity[k] != 0) {
                kept.put(places[k], weights[k]);
            }
        }
        return kept;
    }
}
