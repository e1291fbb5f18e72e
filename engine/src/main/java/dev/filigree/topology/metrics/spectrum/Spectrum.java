package dev.filigree.topology.metrics.spectrum;

import dev.filigree.topology.LayerTopology;
import java.util.SplittableRandom;

/**
 * The two largest singular values of a layer's biadjacency matrix, which are the two largest eigenvalues of its graph:
 * the farther they are apart, the better the layer mixes (expander graphs; Hoory, Linial and Wigderson, Bulletin of the
 * AMS 43, 2006).
 *
 * <p>A graph whose inputs have {@code a} and whose outputs have {@code b} connections each is a Ramanujan graph, which
 * mixes as well as is possible, if its second value is at most {@code √(a - 1) + √(b - 1)}. Of other graphs the mean
 * numbers of connections are taken, without the neurons that have none, and the difference of bound and second value
 * tells how far the graph is from the property, which it has if that is not negative (Hoang et al., ICLR 2023,
 * "Revisiting pruning at initialization through the lens of Ramanujan graph").
 *
 * @param largest of the singular values
 * @param second of the singular values; the same as the largest, if that occurs twice
 * @param bound of Ramanujan graphs with as many connections
 */
public record Spectrum(double largest, double second, double bound) {
    /** Fixed, as the result does not depend on it but for rounding. */
    private static final long SEED = 1;

    /**
     * Computes both values to about five digits, in time proportional to the connections for each of some ten to hundreds
     * of steps. Of layers with more than 64,000 neurons on their smaller side not all the steps needed may fit into
     * memory: the second value is too small by a little then.
     */
    public static Spectrum of(LayerTopology layer) {
        Biadjacency matrix = new Biadjacency(layer);
        SplittableRandom random = new SplittableRandom(SEED);
        Lanczos first = new Lanczos(matrix, null, random);
        double second = matrix.size() == 1 ? 0 : new Lanczos(matrix, first.vector(), random).value();
        return new Spectrum(Math.sqrt(first.value()), Math.sqrt(second), bound(layer));
    }

    private static double bound(LayerTopology layer) {
        boolean[] hasOutput = new boolean[layer.inputs()];
        int outputs = 0;
        for (int output = 0; output < layer.outputs(); output++) {
            outputs += layer.fanIn(output) > 0 ? 1 : 0;
            for (long k = layer.rowStart(output); k < layer.rowStart(output + 1); k++) {
                hasOutput[layer.source(k)] = true;
            }
        }
        int inputs = 0;
        for (boolean has : hasOutput) {
            inputs += has ? 1 : 0;
        }
        return layer.connections() == 0
                ? 0
                : Math.sqrt((double) layer.connections() / inputs - 1)
                        + Math.sqrt((double) layer.connections() / outputs - 1);
    }

    /** The spectral gap. */
    public double gap() {
        return largest - second;
    }

    /** Bound less second value, the "difference of bound": a Ramanujan graph's is not negative. */
    public double differenceOfBound() {
        return bound - second;
    }
}
