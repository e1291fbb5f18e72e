package dev.filigree.topology.metrics.degree;

import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of a layer spread over the neurons of one side.
 *
 * @param mean connections per neuron
 * @param max most connections of a neuron
 * @param unconnected number of neurons without connections
 * @param hubs number of neurons with more connections than the mean and two standard deviations together (van den Heuvel
 *        and Sporns, Trends in Cognitive Sciences 17, 2013, on the hubs of brain networks)
 * @param powerLaw the power law that fits best; null if all connected neurons have equally many connections
 */
public record DegreeMetrics(double mean, int max, int unconnected, int hubs, @Nullable PowerLaw powerLaw) {
    /** One of the usual thresholds; of neurons connected at random about 2 % are beyond it. */
    private static final double HUB_DEVIATIONS = 2;

    /** Over the output neurons; parameters as of {@link #of}. */
    public static DegreeMetrics incoming(LayerTopology layer, int repetitions, long seed) {
        int[] degrees = new int[layer.outputs()];
        for (int output = 0; output < degrees.length; output++) {
            degrees[output] = layer.fanIn(output);
        }
        return of(degrees, repetitions, seed);
    }

    /** Over the input neurons; parameters as of {@link #of}. */
    public static DegreeMetrics outgoing(LayerTopology layer, int repetitions, long seed) {
        int[] degrees = new int[layer.inputs()];
        for (long k = 0; k < layer.connections(); k++) {
            degrees[layer.source(k)]++;
        }
        return of(degrees, repetitions, seed);
    }

    /**
     * Measures one side.
     *
     * @param degrees connections of every neuron, 1 neuron or more; they are sorted
     * @param repetitions of the power law's bootstrap
     * @param seed of the bootstrap
     */
    public static DegreeMetrics of(int[] degrees, int repetitions, long seed) {
        long sum = 0;
        int max = 0;
        int unconnected = 0;
        for (int degree : degrees) {
            sum += degree;
            max = Math.max(max, degree);
            unconnected += degree == 0 ? 1 : 0;
        }
        double mean = (double) sum / degrees.length;
        return new DegreeMetrics(mean, max, unconnected, hubs(degrees, mean),
                PowerLaw.fit(degrees, repetitions, seed));
    }

    private static int hubs(int[] degrees, double mean) {
        double variance = 0;
        for (int degree : degrees) {
            variance += (degree - mean) * (degree - mean) / degrees.length;
        }
        double threshold = mean + HUB_DEVIATIONS * Math.sqrt(variance);
        int hubs = 0;
        for (int degree : degrees) {
            hubs += degree > threshold ? 1 : 0;
        }
        return hubs;
    }
}
