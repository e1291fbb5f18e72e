package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.memory.OffHeapMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules by which layers gain and lose connections. */
class NumberOfConnectionsTest {
    private static final int[] WIDTHS = {40, 50, 30, 12};
    private static final UpdateSchedule EVERY_STEP = new UpdateSchedule(1, 0, 1);
    private static final TrainingProgress NOW = new TrainingProgress(1, 1, 10, 1);

    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    /** From dense products to sparse ones on the way. */
    @Test
    void gradualPruningFollowsTheCubeAndKeepsTheLargestWeights() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 1, 2)) {
            PruneAndGrow rule = PruneAndGrow.gradualPruning(0.1, EVERY_STEP);
            List<Map<Long, Float>> before = new ArrayList<>();
            for (int l = 0; l < 3; l++) {
                before.add(network.incomingWeights(l));
                assertThat(network.layer(l).hasDenseProducts()).as("layer %d", l).isTrue();
            }
            double cells = network.connections();
            for (int step = 1; step <= 9; step++) {
                network.evolve(rule, new TrainingProgress(1, step, 10, 1));
                assertThat(network.connections() / cells).isBetween(0.1 + 0.9 * Math.pow(1 - step / 9.0, 3) - 0.002,
                        0.1 + 0.9 * Math.pow(1 - step / 9.0, 3) + 0.002);
            }
            for (int l = 0; l < 3; l++) {
                Map<Long, Float> after = network.incomingWeights(l);
                assertThat(after.size() - before.get(l).size() / 10).as("rounding").isBetween(-2, 2);
                assertThat(before.get(l)).containsAllEntriesOf(after);
                assertThat(after.values().stream().map(Math::abs).sorted(Comparator.reverseOrder()).toList())
                        .isEqualTo(before.get(l).values().stream().map(Math::abs).sorted(Comparator.reverseOrder())
                                .limit(after.size()).toList());
                assertThat(network.layer(l).hasDenseProducts()).as("layer %d", l).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,0.5", "false,0.5", "true,0.9", "false,0.9"})
    void densityDecaysWhileConnectionsMove(boolean set, double density) {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, density, 2)) {
            PruneAndGrow rule = (set ? PruneAndGrow.set(0.3, null) : PruneAndGrow.rigl(0.3, EVERY_STEP))
                    .updating(EVERY_STEP).decayingTo(0.2);
            double cells = network.connections() / density;
            Map<Long, Float> before = network.weights(1);
            for (int step = 1; step <= 9; step++) {
                network.evolve(rule, new TrainingProgress(1, step, 10, 1));
            }
            assertThat(network.connections() / cells).isBetween(0.199, 0.201);
            assertThat(before.keySet().containsAll(network.weights(1).keySet())).as("none has moved").isFalse();
        }
    }

    @Test
    void sparserNetworksAreNotMadeDenser() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.1, 1)) {
            long before = network.connections();
            network.evolve(PruneAndGrow.gradualPruning(0.5, EVERY_STEP), NOW);
            assertThat(network.connections()).isEqualTo(before);
        }
    }

    /** By one threshold over all layers; what goes comes back in proportion to what stays. */
    @Test
    void dsrRemovesTheSmallestOfTheNetworkAndGrowsByWhatIsLeft() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, 2)) {
            List<Float> magnitudes = new ArrayList<>();
            for (int l = 0; l < 3; l++) {
                magnitudes.addAll(network.weights(l).values().stream().map(Math::abs).toList());
            }
            magnitudes.sort(null);
            long connections = network.connections();
            int victims = (int) (0.3 * connections);
            float threshold = magnitudes.get(victims);
            List<Map<Long, Float>> before = new ArrayList<>();
            double[] left = new double[3];
            for (int l = 0; l < 3; l++) {
                before.add(network.weights(l));
                before.get(l).values().removeIf(weight -> Math.abs(weight) < threshold);
                left[l] = before.get(l).size();
            }
            long[] removed = network.evolve(PruneAndGrow.dsr(0.3, EVERY_STEP), NOW);
            assertThat(Arrays.stream(removed).sum()).isEqualTo(victims);
            assertThat(network.connections()).isEqualTo(connections);
            for (int l = 0; l < 3; l++) {
                assertThat(network.weights(l)).containsAllEntriesOf(before.get(l));
                assertThat((double) network.layer(l).connections())
                        .isBetween(left[l] + victims * left[l] / (connections - victims) - 1.01,
                                left[l] + victims * left[l] / (connections - victims) + 2.01);
            }
        }
    }

    @Test
    void snfsGrowsByTheMeanMomentumOfTheLayers() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, 2)) {
            double[] means = new double[3];
            double[] left = new double[3];
            long connections = network.connections();
            for (int l = 0; l < 3; l++) {
                means[l] = network.momentum(l).values().stream().mapToDouble(Math::abs).average().orElseThrow();
                left[l] = network.layer(l).connections() - (long) (0.3 * network.layer(l).connections());
            }
            network.evolve(PruneAndGrow.snfs(0.3, EVERY_STEP).dropping(DropSchedule.CONSTANT), NOW);
            assertThat(network.connections()).isEqualTo(connections);
            double grown = connections - Arrays.stream(left).sum();
            long[] room = {2000 - (long) left[0], 1500 - (long) left[1], 360 - (long) left[2]};
            long[] expected = Redistribution.shares((long) grown, means, room);
            assertThat(expected[2]).as("the last layer has room").isLessThan(room[2]);
            for (int l = 0; l < 3; l++) {
                assertThat(network.layer(l).connections()).isEqualTo((long) left[l] + expected[l]);
                assertThat((double) expected[l]).isBetween(grown * means[l] / Arrays.stream(means).sum() - 1.01,
                        grown * means[l] / Arrays.stream(means).sum() + 2.01);
            }
        }
    }

    @Test
    void sharesAreLimitedByRoom() {
        assertThat(Redistribution.shares(10, new double[]{1, 2, 2}, new long[]{9, 9, 9})).containsExactly(2, 4, 4);
        assertThat(Redistribution.shares(10, new double[]{1, 2, 2}, new long[]{9, 1, 9})).containsExactly(3, 1, 6);
        assertThat(Redistribution.shares(10, new double[]{0, 0, 1}, new long[]{9, 9, 4})).containsExactly(3, 3, 4);
        assertThat(Redistribution.shares(3, new double[]{0, 0, 0}, new long[]{1, 1, 1})).containsExactly(1, 1, 1);
        assertThat(Redistribution.shares(0, new double[]{1}, new long[]{0})).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsr", "snfs", "decay"})
    void anyNumberOfWorkersGivesTheSameBits(String name) {
        PruneAndGrow rule = switch (name) {
            case "dsr" -> PruneAndGrow.dsr(0.3, EVERY_STEP);
            case "snfs" -> PruneAndGrow.snfs(0.3, EVERY_STEP);
            default -> PruneAndGrow.set(0.3, null).updating(EVERY_STEP).decayingTo(0.05);
        };
        List<Map<Long, Float>> alone = evolved(rule, 1);
        for (int workers : new int[]{2, 3, 5}) {
            assertThat(evolved(rule, workers)).isEqualTo(alone);
        }
    }

    private static List<Map<Long, Float>> evolved(Evolution rule, int workers) {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, workers)) {
            for (int step = 1; step <= 3; step++) {
                network.evolve(rule, new TrainingProgress(1, step, 10, 1));
            }
            return List.of(network.weights(0), network.weights(1), network.weights(2));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.5, Double.NaN})
    void refusesADensityThatIsNone(double density) {
        assertThatIllegalArgumentException().isThrownBy(() -> PruneAndGrow.gradualPruning(density, EVERY_STEP))
                .withMessageContaining("final density is " + density);
    }
}
