package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.memory.OffHeapMemory;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeuronPruningTest {
    private static final int[] WIDTHS = {40, 50, 31, 12};
    private static final TrainingProgress END_OF_EPOCH = new TrainingProgress(2, 10, 10, 9);

    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    @ParameterizedTest
    @CsvSource({"0.2,20", "0.9,50"})
    void weakHiddenNeuronsLoseAllTheyListenTo(double density, double percentile) {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, density, 2)) {
            Map<Long, Float> output = network.weights(2);
            double[][] before = {strengths(network, 0), strengths(network, 1)};
            long connections = network.connections();
            long[] pruned = network.evolve(new NeuronPruning(Evolution.STATIC, percentile, 2, 5), END_OF_EPOCH);
            for (int l = 0; l < 2; l++) {
                double[] sorted = Arrays.stream(before[l]).filter(strength -> strength > 0).sorted().toArray();
                double[] after = strengths(network, l);
                for (int neuron = 0; neuron < after.length; neuron++) {
                    // A fifth or a half of 50 or 31 neurons, all of which have connections, rounded up.
                    boolean weak = before[l][neuron] < sorted[(int) Math.ceil(percentile / 100 * (sorted.length - 1))];
                    assertThat(after[neuron]).isEqualTo(weak ? 0 : before[l][neuron]);
                }
            }
            assertThat(network.weights(2)).as("output neurons are classes").isEqualTo(output);
            assertThat(network.connections()).isEqualTo(connections - pruned[0] - pruned[1]).isLessThan(connections);
        }
    }

    @Test
    void theOtherRuleGoesOnWithTheRest() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, 1)) {
            NeuronPruning rule = new NeuronPruning(PruneAndGrow.set(0.3, null), 20, 2, 5);
            assertThat(rule.betweenEpochs()).isTrue();
            long connections = network.connections();
            long[] first = network.evolve(rule, new TrainingProgress(1, 10, 10, 9));
            assertThat(network.connections()).as("SET alone").isEqualTo(connections);
            long[] second = network.evolve(rule, END_OF_EPOCH);
            assertThat(network.connections()).isLessThan(connections);
            assertThat(second[0]).isGreaterThan(first[0]);
        }
    }

    @Test
    void epochsAreCountedFromTheFirst() {
        NeuronPruning rule = new NeuronPruning(Evolution.STATIC, 10, 3, 4);
        assertThat(IntStream.rangeClosed(1, 12).filter(epoch -> rule.isDue(new TrainingProgress(epoch, 10, 10, 20))))
                .containsExactly(3, 7, 11);
        assertThat(rule.isDue(new TrainingProgress(3, 9, 10, 20))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "100,1,1", "NaN,1,1", "10,0,1", "10,1,0"})
    void refusesNumbersOutOfRange(double percentile, int from, int every) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NeuronPruning(Evolution.STATIC, percentile, from, every))
                .withMessageContaining("expected");
    }

    private static double[] strengths(LearnedNetwork network, int index) {
        double[] strengths = new double[network.layer(index).outputs()];
        Map<Long, Float> weights = network.weights(index);
        for (int j = 0; j < strengths.length; j++) {
            for (int i = 0; i < network.layer(index).inputs(); i++) {
                strengths[j] += Math.abs(weights.getOrDefault(network.place(index, j, i), 0f));
            }
        }
        return strengths;
    }
}
