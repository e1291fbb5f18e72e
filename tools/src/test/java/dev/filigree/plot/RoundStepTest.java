package dev.filigree.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundStepTest {
    @ParameterizedTest
    @CsvSource({"1, 5, 0.2", "0.3, 3, 0.1", "190, 8, 50", "7, 8, 1", "8.1, 8, 2", "0.0042, 5, 0.001"})
    void isTheSmallestRoundNumberThatMakesFewEnoughParts(double span, int most, double expected) {
        assertThat(RoundStep.of(span, most).size()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void ticksNearAnEndCount() {
        RoundStep step = RoundStep.of(0.3, 3);
        assertThat(step.below(0.3)).isEqualTo(3);
        assertThat(step.above(0.3)).isEqualTo(3);
        assertThat(step.above(0.31)).isEqualTo(4);
        assertThat(step.below(-0.05)).isEqualTo(-1);
    }

    @Test
    void ticksHaveAsManyDecimalsAsTheStep() {
        assertThat(RoundStep.of(1, 5).format(0.6000000000000001)).isEqualTo("0.6");
        assertThat(RoundStep.of(100, 5).format(40)).isEqualTo("40");
        assertThat(RoundStep.of(1, 5).format(-1e-17)).isEqualTo("0.0");
    }
}
