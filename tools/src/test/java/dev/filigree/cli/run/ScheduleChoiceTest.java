package dev.filigree.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.training.LearningRate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleChoiceTest {
    @ParameterizedTest
    @ValueSource(strings = {"constant", "cosine", "linear:0", "linear:0.01", "multi-step:30,60x0.1",
            "multi-step:2.5x0.5"})
    void textSurvivesTheRoundTrip(String text) {
        assertThat(ScheduleChoice.parse(text)).hasToString(text);
    }

    @Test
    void multiStepFallsByATenthUnlessToldOtherwise() {
        LearningRate rate = ScheduleChoice.parse("multi-step:2,4").learningRate(0.5, 0);
        assertThat(List.of(rate.at(1.9, 10), rate.at(2, 10), rate.at(4, 10))).satisfiesExactly(
                before -> assertThat(before).isEqualTo(0.5), first -> assertThat(first).isEqualTo(0.05, within(1e-12)),
                second -> assertThat(second).isEqualTo(0.005, within(1e-12)));
    }

    @Test
    void linearFallsToZeroUnlessToldOtherwise() {
        assertThat(ScheduleChoice.parse("linear").learningRate(0.5, 0).at(10, 10)).isZero();
        assertThat(ScheduleChoice.parse("linear:0.2").learningRate(0.5, 0).at(10, 10)).isEqualTo(0.1, within(1e-12));
    }

    @Test
    void warmupRisesFromZero() {
        LearningRate rate = ScheduleChoice.parse("constant").learningRate(0.5, 2);
        assertThat(rate.at(0, 10)).isZero();
        assertThat(rate.at(1, 10)).isEqualTo(0.25);
        assertThat(rate.at(3, 10)).isEqualTo(0.5);
    }
}
