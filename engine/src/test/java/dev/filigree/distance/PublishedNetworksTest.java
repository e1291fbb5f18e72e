package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two of the networks behind figure 4 of the NNSTD paper after their last epoch (784-784-784-784-10), against the
 * distances an independent SciPy program finds.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PublishedNetworksTest {
    private NetworkTopology w0;
    private NetworkTopology w1;
    private NetworkDistance distance;
    private TieSpread spread;

    @BeforeAll
    void compare() throws IOException {
        w0 = TestTopologies.stored("e5_s0_w0_epoch_190.txt.gz");
        w1 = TestTopologies.stored("e5_s0_w1_epoch_190.txt.gz");
        distance = NetworkDistance.between(w1, w0, OutputNeurons.MATCHED);
        try (WorkerPool pool = new WorkerPool(1)) {
            spread = TieSpread.of(w1, w0, OutputNeurons.MATCHED, 16, 1, pool);
        }
    }

    @AfterAll
    void close() {
        w0.close();
        w1.close();
    }

    @Test
    void firstLayerAgreesExactly() {
        assertThat(distance.layers().getFirst().distance()).isCloseTo(0.47144526691997435, within(1e-12));
    }

    /** Which of several equally good matchings the layer before returned decides the rest. */
    @ParameterizedTest
    @CsvSource({"1, 0.5067885045621491", "2, 0.45265714118603956", "3, 0.0"})
    void deeperLayersLieWithinTheSpreadOverOptimalMatchings(int layer, double expected) {
        TieSpread.Range range = spread.layers().get(layer);
        assertThat(expected).isBetween(range.least(), range.largest());
        assertThat(distance.layers().get(layer).distance()).isBetween(range.least(), range.largest());
        assertThat(range.mean()).isCloseTo(expected, within(0.03));
    }

    @Test
    void firstLayerHasNoSpread() {
        assertThat(spread.layers().getFirst().largest()).isCloseTo(spread.layers().getFirst().least(), within(1e-12));
    }

    @Test
    void renamedNetworkIsFoundAgain() {
        try (NetworkTopology renamed = TestTopologies.withShuffledHiddenNeurons(w0, new Random(41))) {
            assertThat(NetworkDistance.between(w0, renamed, OutputNeurons.MATCHED).distance()).isZero();
        }
    }

    @Test
    void renamingDoesNotChangeTheDistance() {
        try (NetworkTopology renamed = TestTopologies.withShuffledHiddenNeurons(w0, new Random(42))) {
            NetworkDistance toRenamed = NetworkDistance.between(w1, renamed, OutputNeurons.MATCHED);
            for (int l = 0; l < distance.layers().size(); l++) {
                assertThat(toRenamed.layers().get(l).distance()).as("layer %d", l)
                        .isCloseTo(distance.layers().get(l).distance(), within(1e-12));
            }
        }
    }

    @Test
    void networkIsItselfNeuronByNeuron() {
        assertThat(NetworkDistance.between(w0, w0, OutputNeurons.MATCHED).layers()).allSatisfy(
                layer -> assertThat(layer)
                        .isEqualTo(new LayerDistance(0, Matching.identity(layer.matching().rows()), 0)));
    }

    @Test
    void everyMatchingIsProvenOptimal() {
        assertThat(distance.largestGap()).isZero();
    }
}
