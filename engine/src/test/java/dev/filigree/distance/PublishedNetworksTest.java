package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
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

    @BeforeAll
    void compare() throws IOException {
        w0 = TestTopologies.stored("e5_s0_w0_epoch_190.txt.gz");
        w1 = TestTopologies.stored("e5_s0_w1_epoch_190.txt.gz");
        distance = NetworkDistance.between(w1, w0, OutputNeurons.MATCHED);
    }

    @AfterAll
    void close() {
        w0.close();
        w1.close();
    }

    @Test
    void firstLayerAgreesExactly() {
        assertThat(distance.layers().getFirst().distance()).isCloseTo(0.47144526691997435, within(1e-9));
    }

    /** Which of several equally good matchings the layer before returned decides the rest. */
    @ParameterizedTest
    @CsvSource({"1, 0.5067885045621491", "2, 0.45265714118603956", "3, 0.0"})
    void deeperLayersAgreeUpToTies(int layer, double expected) {
        assertThat(distance.layers().get(layer).distance()).isCloseTo(expected, within(0.03));
    }

    @Test
    void everyMatchingIsProvenOptimal() {
        assertThat(distance.largestGap()).isLessThan(1e-12);
    }
}
