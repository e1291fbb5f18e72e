package dev.filigree.topology.metrics;

import dev.filigree.topology.metrics.degree.DegreeMetrics;
import dev.filigree.topology.metrics.spectrum.Spectrum;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a layer at one time.
 *
 * @param inputs number of input neurons
 * @param outputs number of output neurons
 * @param connections number of connections
 * @param density connections over {@code inputs · outputs}, in [0, 1]
 * @param fanIn how the connections spread over the output neurons
 * @param fanOut how the connections spread over the input neurons
 * @param deadNeurons output neurons without incoming or without outgoing connections; null of the last layer
 * @param activeShare share of the output neurons that lie on an input–output path, see {@link Paths}
 * @param exploredShare in-time over-parameterization rate, see {@link ExploredConnections}
 * @param overlapPrevious Jaccard index with the topology before, see {@link Overlap}; null of the first one
 * @param overlapFirst Jaccard index with the first topology
 * @param spectrum the two largest singular values
 * @param components the connected components
 * @param paths number of paths from the network's inputs to the output neurons, see {@link Paths}
 */
public record LayerMeasures(int inputs, int outputs, long connections, double density, DegreeMetrics fanIn,
        DegreeMetrics fanOut, @Nullable Integer deadNeurons, double activeShare, double exploredShare,
        @Nullable Double overlapPrevious, double overlapFirst, Spectrum spectrum, Components components,
        BigInteger paths) {
    /** Decimal logarithm of the number of paths; minus infinity if there are none. */
    public double log10Paths() {
        int dropped = Math.max(0, paths.bitLength() - Long.SIZE + 1);
        return Math.log10(paths.shiftRight(dropped).doubleValue()) + dropped * Math.log10(2);
    }
}
