package dev.filigree.topology;

import java.util.Arrays;

/**
 * How connections spread over neurons: the distribution of fan-in or fan-out over one side of a layer.
 *
 * <p>The quartiles are numbers that occur: at least a quarter, a half or three quarters of the neurons have no more.
 *
 * @param min fewest connections of a neuron
 * @param lowerQuartile 25 % of the neurons have at most this many
 * @param median 50 % of the neurons have at most this many
 * @param upperQuartile 75 % of the neurons have at most this many
 * @param max most connections of a neuron
 * @param mean connections per neuron
 * @param unconnected number of neurons without any connection
 */
public record FanDistribution(int min, int lowerQuartile, int median, int upperQuartile, int max, double mean,
        int unconnected) {
    /** Over the output neurons: how many input neurons each one listens to. */
    public static FanDistribution incoming(LayerTopology layer) {
        int[] fans = new int[layer.outputs()];
        for (int output = 0; output < fans.length; output++) {
            fans[output] = layer.fanIn(output);
        }
        return of(fans);
    }

    /** Over the input neurons: how many output neurons listen to each one. */
    public static FanDistribution outgoing(LayerTopology layer) {
        return of(fanOuts(layer));
    }

    static int[] fanOuts(LayerTopology layer) {
        int[] fans = new int[layer.inputs()];
        for (long k = 0; k < layer.connections(); k++) {
            fans[layer.source(k)]++;
        }
        return fans;
    }

    /** Sorts {@code fans}. */
    private static FanDistribution of(int[] fans) {
        Arrays.sort(fans);
        int unconnected = 0;
        long sum = 0;
        for (int fan : fans) {
            sum += fan;
            if (fan == 0) {
                unconnected++;
            }
        }
        return new FanDistribution(fans[0], quantile(fans, 0.25), quantile(fans, 0.5), quantile(fans, 0.75),
                fans[fans.length - 1], (double) sum / fans.length, unconnected);
    }

    private static int quantile(int[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
