package dev.filigree.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.dense.JavaDenseBackend;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every model with an exact number of connections. */
class TopologyModelTest {
    private static final FloatArray SAMPLES = FloatArray.allocate(50 * 30, "samples");
    private static final FeatureCorrelations NOISE = noise(SAMPLES);

    static Stream<TopologyModel> models() {
        return Stream.of(new SmallWorld(0), new SmallWorld(0.2), new SmallWorld(1), new ReceptiveField(0),
                new ReceptiveField(0.05), new ReceptiveField(0.5), new ReceptiveField(1), new ScaleFree(),
                new CorrelatedFeatures(NOISE));
    }

    @AfterAll
    static void closeSamples() {
        SAMPLES.close();
    }

    private static FeatureCorrelations noise(FloatArray values) {
        SplittableRandom random = new SplittableRandom(4);
        for (long k = 0; k < values.length(); k++) {
            // The first two features never change.
            values.set(k, k % 30 < 2 ? 1 : random.nextFloat());
        }
        return new FeatureCorrelations(values, 50, 30, new JavaDenseBackend());
    }

    @ParameterizedTest
    @MethodSource("models")
    void thereAreAsManyConnectionsAsAskedFor(TopologyModel model) {
        int[][] shapes = {{30, 40}, {40, 30}, {30, 30}, {1, 7}, {7, 1}, {1, 1}, {60, 5}};
        for (int[] shape : shapes) {
            for (double density : new double[]{1e-9, 0.01, 0.2, 0.5, 0.93, 1}) {
                Sparsity sparsity = new Sparsity.Density(density);
                try (LayerTopology topology = model.generate(shape[0], shape[1], sparsity, 3)) {
                    assertThat(topology.connections()).isEqualTo(Math.round(density * shape[0] * shape[1]));
                    checkStructure(topology);
                }
            }
        }
    }

    private static void checkStructure(LayerTopology topology) {
        LayerTopology copy = topology.copy();
        // Its constructor checks everything.
        try (LayerTopology checked = new LayerTopology(copy.inputs(), copy.outputs(), copy.rowStarts(),
                copy.sources())) {
            assertThat(checked.sameConnections(topology)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void completeLayersAreComplete(TopologyModel model) {
        try (LayerTopology topology = model.generate(30, 12, new Sparsity.Density(1), 1);
                LayerTopology complete = ErdosRenyi.complete(30, 12)) {
            assertThat(topology.sameConnections(complete)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void oneSeedGivesOneTopology(TopologyModel model) {
        Sparsity sparsity = new Sparsity.Density(0.3);
        try (LayerTopology first = model.generate(50, 60, sparsity, 1);
                LayerTopology again = model.generate(50, 60, sparsity, 1)) {
            assertThat(again.sameConnections(first)).isTrue();
        }
    }

    /** 10^11 places: anything proportional to them would take minutes and gigabytes. */
    @ParameterizedTest
    @CsvSource({"bsw", "brf", "brf-local", "bsf"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void timeIsProportionalToTheConnections(String name) {
        TopologyModel model = switch (name) {
            case "bsw" -> new SmallWorld(0.5);
            case "brf" -> new ReceptiveField(0.5);
            case "brf-local" -> new ReceptiveField(0.1);
            default -> new ScaleFree();
        };
        try (LayerTopology topology = model.generate(300_000, 300_000, new Sparsity.Epsilon(0.5), 1)) {
            assertThat(topology.connections()).isEqualTo(300_000);
        }
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SmallWorld(1.1)).hasMessageContaining("beta is 1.1");
        assertThatThrownBy(() -> new ReceptiveField(Double.NaN)).hasMessageContaining("randomness is NaN");
        assertThatThrownBy(() -> new ScaleFree().generate(0, 5, new Sparsity.Density(0.5), 1))
                .hasMessageContaining("0 inputs");
    }
}
