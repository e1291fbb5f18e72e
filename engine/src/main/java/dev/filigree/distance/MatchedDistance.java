package dev.filigree.distance;

import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;

/** The distance of two layers whose input and output neurons have been matched, computed from the wiring alone. */
final class MatchedDistance {
    private MatchedDistance() {}

    /**
     * The mean neuron distance over the pairs and the neurons that are left over, which count as 1.
     *
     * @param inputs the input neuron of {@code b} that stands for each input neuron of {@code a}
     * @param outputs the output neuron of {@code b} paired with each of {@code a}
     */
    static double of(LayerTopology a, LayerTopology b, Matching inputs, Matching outputs) {
        // For each input neuron of b, the last neuron of a that was seen to listen to its counterpart.
        int[] listener = new int[b.inputs()];
        Arrays.fill(listener, -1);
        long sourcesA = a.sources().address();
        long sourcesB = b.sources().address();
        double total = 0;
        int pairs = 0;
        for (int i = 0; i < a.outputs(); i++) {
            int j = outputs.column(i);
            if (j == Matching.NONE) {
                continue;
            }
            pairs++;
            long endA = sourcesA + 4 * a.rowStart(i + 1);
            for (long k = sourcesA + 4 * a.rowStart(i); k < endA; k += 4) {
                int input = inputs.column(getInt(k));
                if (input != Matching.NONE) {
                    listener[input] = i;
                }
            }
            int common = 0;
            long endB = sourcesB + 4 * b.rowStart(j + 1);
            for (long k = sourcesB + 4 * b.rowStart(j); k < endB; k += 4) {
                if (listener[getInt(k)] == i) {
                    common++;
                }
            }
            total += NeuronDistance.of(a.fanIn(i), b.fanIn(j), common);
        }
        int neurons = Math.max(a.outputs(), b.outputs());
        return (total + (neurons - pairs)) / neurons;
    }
}
