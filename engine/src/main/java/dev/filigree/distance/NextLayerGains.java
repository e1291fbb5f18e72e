package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;

/** What pairing two neurons would do, to first order, for the distance of the layer that reads them. */
final class NextLayerGains {
    private final LayerTopology b;
    private final Matching outputs;
    private final int[][] readersA;
    /** Of each output neuron of the next layer of a: how much one more common input lowers the mean distance. */
    private final double[] gains;

    /**
     * Prepares.
     *
     * @param a the next layer of the one network
     * @param b the next layer of the other
     * @param inputs how their input neurons are matched now
     * @param outputs how their output neurons are matched
     */
    NextLayerGains(LayerTopology a, LayerTopology b, Matching inputs, Matching outputs) {
        this.b = b;
        this.outputs = outputs;
        readersA = readers(a);
        gains = new double[a.outputs()];
        int neurons = Math.max(a.outputs(), b.outputs());
        Matching names = inputs.inverse();
        int[] listener = new int[a.inputs()];
        for (int t = 0; t < gains.length; t++) {
            int other = outputs.column(t);
            if (other == Matching.NONE) {
                continue;
            }
            for (long k = a.rowStart(t); k < a.rowStart(t + 1); k++) {
                listener[a.source(k)] = t + 1;
            }
            int common = 0;
            for (long k = b.rowStart(other); k < b.rowStart(other + 1); k++) {
                int input = names.column(b.source(k));
                if (input != Matching.NONE && listener[input] == t + 1) {
                    common++;
                }
            }
            double union = (double) a.fanIn(t) + b.fanIn(other) - common;
            gains[t] = union < 2 ? 1.0 / neurons : ((common + 1) / (union - 1) - common / union) / neurons;
        }
    }

    private static int[][] readers(LayerTopology layer) {
        try (OutgoingIndex outgoing = OutgoingIndex.of(layer)) {
            int[][] readers = new int[layer.inputs()][];
            for (int s = 0; s < readers.length; s++) {
                long start = outgoing.columnStart(s);
                readers[s] = new int[(int) (outgoing.columnStart(s + 1) - start)];
                for (int k = 0; k < readers[s].length; k++) {
                    readers[s][k] = outgoing.targets().get(start + k);
                }
            }
            return readers;
        }
    }

    /**
     * Adds the gains of pairing a neuron with each of the other network.
     *
     * @param sums to add to, one per neuron of the other network
     * @param met which of them have been met; updated
     * @param order the neurons met; continued
     * @param count how many have been met
     * @return how many have been met then
     */
    int add(int neuron, double[] sums, boolean[] met, int[] order, int count) {
        int all = count;
        for (int reader : readersA[neuron]) {
            int other = outputs.column(reader);
            if (other == Matching.NONE) {
                continue;
            }
            for (long k = b.rowStart(other); k < b.rowStart(other + 1); k++) {
                int j = b.source(k);
                sums[j] += gains[reader];
                if (!met[j]) {
                    met[j] = true;
                    order[all++] = j;
                }
            }
        }
        return all;
    }
}
