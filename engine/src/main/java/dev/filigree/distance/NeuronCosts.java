package dev.filigree.distance;

import dev.filigree.assignment.Permutation;
import dev.filigree.assignment.SparseCostMatrix;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.Arrays;

/**
 * The distances of all pairs of output neurons of two layers. Only pairs with a common input, or both without any
 * input, are stored; all others are 1 apart.
 */
final class NeuronCosts {
    private final LayerTopology a;
    private final LayerTopology b;
    private final Permutation inputs;
    private final LongArray outgoingStarts;
    private final IntArray outgoingTargets;
    private final int[] unconnectedB;
    private final int[][] columns;
    private final double[][] costs;

    private NeuronCosts(LayerTopology a, LayerTopology b, Permutation inputs, OutgoingIndex outgoingB) {
        this.a = a;
        this.b = b;
        this.inputs = inputs;
        outgoingStarts = outgoingB.columnStarts();
        outgoingTargets = outgoingB.targets();
        int[] unconnected = new int[b.outputs()];
        int count = 0;
        for (int j = 0; j < b.outputs(); j++) {
            if (b.fanIn(j) == 0) {
                unconnected[count++] = j;
            }
        }
        unconnectedB = Arrays.copyOf(unconnected, count);
        columns = new int[a.outputs()][];
        costs = new double[a.outputs()][];
    }

    /**
     * Rows are the neurons of {@code a}, columns those of {@code b}.
     *
     * @param inputs the input neuron of {@code b} that stands for each input neuron of {@code a}
     */
    static SparseCostMatrix between(LayerTopology a, LayerTopology b, Permutation inputs, WorkerPool pool) {
        try (OutgoingIndex outgoingB = OutgoingIndex.of(b)) {
            NeuronCosts result = new NeuronCosts(a, b, inputs, outgoingB);
            Partition rows = Partition.balanced(a.outputs(), a::rowStart, pool.threads());
            pool.run(worker -> result.fillRows(rows.from(worker), rows.to(worker)));
            return new SparseCostMatrix(1, result.columns, result.costs);
        }
    }

    private void fillRows(int from, int to) {
        int[] common = new int[b.outputs()];
        int[] touched = new int[b.outputs()];
        for (int i = from; i < to; i++) {
            if (a.fanIn(i) == 0) {
                columns[i] = unconnectedB;
                costs[i] = new double[unconnectedB.length];
            } else {
                int count = countCommonInputs(i, common, touched);
                fillRow(i, common, Arrays.copyOf(touched, count));
            }
        }
    }

    /** One row of the sparse product of A and B's transpose; returns how many neurons of b were met. */
    private int countCommonInputs(int i, int[] common, int[] touched) {
        int count = 0;
        for (long k = a.rowStart(i); k < a.rowStart(i + 1); k++) {
            int inputOfB = inputs.at(a.source(k));
            long end = outgoingStarts.get(inputOfB + 1L);
            for (long l = outgoingStarts.get(inputOfB); l < end; l++) {
                int j = outgoingTargets.get(l);
                if (common[j]++ == 0) {
                    touched[count++] = j;
                }
            }
        }
        return count;
    }

    private void fillRow(int i, int[] common, int[] met) {
        Arrays.sort(met);
        double[] row = new double[met.length];
        for (int k = 0; k < met.length; k++) {
            int j = met[k];
            row[k] = NeuronDistance.of(a.fanIn(i), b.fanIn(j), common[j]);
            common[j] = 0;
        }
        columns[i] = met;
        costs[i] = row;
    }
}
