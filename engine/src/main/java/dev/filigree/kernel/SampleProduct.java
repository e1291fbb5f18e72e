package dev.filigree.kernel;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;

/**
 * The forward product of a single sample, for latency. Where a batch fills the lanes of a vector, a single sample
 * needs one scattered activation per connection; four plain sums side by side are faster at that than the CPU's
 * gather instructions.
 */
public final class SampleProduct {
    private SampleProduct() {}

    /**
     * {@code z = bias + W·x}.
     *
     * @param topology the connections
     * @param weights one per connection, incoming order
     * @param bias one per output neuron
     * @param x one per input neuron
     * @param z one per output neuron; overwritten
     */
    public static void sparse(LayerTopology topology, FloatArray weights, FloatArray bias, FloatArray x, FloatArray z) {
        checkLength(weights, topology.connections());
        checkLength(bias, topology.outputs());
        checkLength(x, topology.inputs());
        checkLength(z, topology.outputs());
        Operands.requireApart(z, x);
        IndexChecks.incoming(topology, 0, topology.outputs());
        long end = topology.rowStart(0);
        for (int row = 0; row < topology.outputs(); row++) {
            long start = end;
            end = topology.rowStart(row + 1);
            z.set(row, row(topology.sources().address() + 4 * start, weights.address() + 4 * start,
                    (int) (end - start), x.address(), bias.get(row)));
        }
    }

    private static float row(long sources, long weights, int count, long x, float bias) {
        float a0 = bias;
        float a1 = 0;
        float a2 = 0;
        float a3 = 0;
        int k = 0;
        for (; k < count - 3; k += 4) {
            long source = sources + 4L * k;
            long weight = weights + 4L * k;
            a0 = Math.fma(getFloat(weight), getFloat(x + 4L * getInt(source)), a0);
            a1 = Math.fma(getFloat(weight + 4), getFloat(x + 4L * getInt(source + 4)), a1);
            a2 = Math.fma(getFloat(weight + 8), getFloat(x + 4L * getInt(source + 8)), a2);
            a3 = Math.fma(getFloat(weight + 12), getFloat(x + 4L * getInt(source + 12)), a3);
        }
        for (; k < count; k++) {
            a0 = Math.fma(getFloat(weights + 4L * k), getFloat(x + 4L * getInt(sources + 4L * k)), a0);
        }
        return (a0 + a1) + (a2 + a3);
    }

    private static void checkLength(FloatArray array, long length) {
        if (array.length() != length) {
            throw new IllegalArgumentException("%s: expected %d elements".formatted(array, length));
        }
    }
}
