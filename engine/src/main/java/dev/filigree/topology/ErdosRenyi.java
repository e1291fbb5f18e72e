package dev.filigree.topology;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.util.SplittableRandom;

/**
 * Random bipartite topologies in which every connection exists independently with one probability.
 *
 * <p>Takes time and memory proportional to the connections: the gaps between existing connections are drawn
 * from the geometric distribution (Batagelj and Brandes, Physical Review E 71, 2005).
 */
public final class ErdosRenyi {
    private ErdosRenyi() {}

    /**
     * Draws a topology.
     *
     * @param inputs number of input neurons, 1 or more
     * @param outputs number of output neurons, 1 or more
     * @param sparsity how many connections are expected
     * @param seed the same seed gives the same topology
     */
    public static LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a layer of %d inputs and %d outputs: both must be 1 or more".formatted(inputs, outputs));
        }
        double density = sparsity.density(inputs, outputs);
        ArrayGroup arrays = new ArrayGroup();
        LongArray rowStarts = arrays.longs(outputs + 1L, "row starts");
        // The same draws are made twice, first to count and then to fill, so nothing ever has to grow.
        long connections = walk(inputs, outputs, density, seed, (output, input, k) -> {
        });
        IntArray sources = arrays.ints(connections, "sources");
        walk(inputs, outputs, density, seed, (output, input, k) -> {
            sources.set(k, input);
            rowStarts.set(output + 1L, k + 1);
        });
        for (int j = 1; j <= outputs; j++) {
            rowStarts.set(j, Math.max(rowStarts.get(j), rowStarts.get(j - 1L)));
        }
        return LayerTopology.unchecked(inputs, outputs, rowStarts, sources);
    }

    /** Every possible connection. */
    public static LayerTopology complete(int inputs, int outputs) {
        return generate(inputs, outputs, new Sparsity.Density(1), 0);
    }

    private interface Visitor {
        void connection(int output, int input, long k);
    }

    private static long walk(int inputs, int outputs, double density, long seed, Visitor visitor) {
        SplittableRandom random = new SplittableRandom(seed);
        long cells = (long) inputs * outputs;
        double logAbsent = Math.log1p(-density);
        long k = 0;
        int output = 0;
        long rowEnd = inputs;
        for (long cell = gap(random, logAbsent, cells); cell < cells; cell += 1
                + gap(random, logAbsent, cells - cell)) {
            if (cell >= rowEnd) {
                output = (int) (cell / inputs);
                rowEnd = (output + 1L) * inputs;
            }
            visitor.connection(output, (int) (cell - (rowEnd - inputs)), k++);
        }
        return k;
    }

    /** Number of absent cells before the next connection, at most {@code limit}. */
    private static long gap(SplittableRandom random, double logAbsent, long limit) {
        if (logAbsent == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double skipped = Math.floor(Math.log1p(-random.nextDouble()) / logAbsent);
        return skipped < limit ? (long) skipped : limit;
    }
}
