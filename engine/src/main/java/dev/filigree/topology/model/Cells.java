package dev.filigree.topology.model;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Connections as cells of the layer's matrix, {@code output · inputs + input}: one number each, on the heap. */
final class Cells {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Cells() {}

    /** How many connections a model is to make. */
    static int count(int inputs, int outputs, Sparsity sparsity) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a layer of %d inputs and %d outputs: both must be 1 or more".formatted(inputs, outputs));
        }
        long connections = sparsity.connections(inputs, outputs);
        if (connections > LARGEST_ARRAY) {
            throw new IllegalArgumentException("a layer of %,d connections cannot be drawn; the limit is %,d"
                    .formatted(connections, LARGEST_ARRAY));
        }
        return (int) connections;
    }

    /** How many of {@code connections} fall to neuron {@code index} of {@code neurons}: as many as to others, or one more. */
    static int share(int connections, int index, int neurons) {
        return (int) (connections * (index + 1L) / neurons - (long) connections * index / neurons);
    }

    /** The topology of some cells, all different, which are sorted. */
    static LayerTopology topology(int inputs, int outputs, long[] cells) {
        Arrays.sort(cells);
        ArrayGroup arrays = new ArrayGroup();
        LongArray rowStarts = arrays.longs(outputs + 1L, "row starts");
        IntArray sources = arrays.ints(cells.length, "sources");
        int k = 0;
        for (int j = 0; j < outputs; j++) {
            long row = (long) j * inputs;
            for (; k < cells.length && cells[k] < row + inputs; k++) {
                sources.set(k, (int) (cells[k] - row));
            }
            rowStarts.set(j + 1L, k);
        }
        return LayerTopology.unchecked(inputs, outputs, rowStarts, sources);
    }

    /**
     * Some cells and others drawn from the free ones, each free one equally likely.
     *
     * @param taken cells, all different
     * @param number how many of them there are; what follows in the array is not looked at
     * @param all number of cells of the layer
     * @param wanted how many there are to be in the end, {@code number} or more
     */
    static long[] filled(long[] taken, int number, long all, int wanted, SplittableRandom random) {
        long[] cells = Arrays.copyOf(taken, wanted);
        Arrays.sort(cells, 0, number);
        long[] free = distinct(all - number, wanted - number, random);
        int before = 0;
        for (int i = 0; i < free.length; i++) {
            while (before < number && cells[before] - before <= free[i]) {
                before++;
            }
            free[i] += before;
        }
        System.arraycopy(free, 0, cells, number, free.length);
        return cells;
    }

    /** A random subset of {@code 0 … bound - 1}, ascending, in time proportional to its size. */
    static long[] distinct(long bound, int size, SplittableRandom random) {
        if (size > bound / 2) {
            return others(distinct(bound, (int) (bound - size), random), bound);
        }
        long[] drawn = new long[size];
        int different = 0;
        // The first so many different ones of endless draws are such a subset, however they are looked at.
        while (different < size) {
            for (int i = different; i < size; i++) {
                drawn[i] = random.nextLong(bound);
            }
            Arrays.sort(drawn);
            different = 1;
            for (int i = 1; i < size; i++) {
                if (drawn[i] != drawn[different - 1]) {
                    drawn[different++] = drawn[i];
                }
            }
        }
        return drawn;
    }

    private static long[] others(long[] subset, long bound) {
        long[] others = new long[(int) (bound - subset.length)];
        int next = 0;
        int k = 0;
        for (long number = 0; number < bound; number++) {
            if (next < subset.length && subset[next] == number) {
                next++;
            } else {
                others[k++] = number;
            }
        }
        return others;
    }
}
