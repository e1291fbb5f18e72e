package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.evolution.Evolution;
import dev.filigree.network.Loss;
import dev.filigree.network.UpdateStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules by hand, and what optimizer and configuration refuse. */
class LearningRateTest {
    private static final LearningRate TENTH = new LearningRate.Constant(0.1);

    @ParameterizedTest
    @CsvSource({"0", "3.7", "10"})
    void constantStays(double epoch) {
        assertThat(TENTH.at(epoch, 10)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({"0,0.1", "4.99,0.1", "5,0.05", "7.99,0.05", "8,0.025", "10,0.025"})
    void multiStepFallsAtEachMilestone(double epoch, double rate) {
        assertThat(new LearningRate.MultiStep(0.1, List.of(5.0, 8.0), 0.5).at(epoch, 10)).isCloseTo(rate,
                within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0,0.1", "2.5,0.0853553", "5,0.05", "7.5,0.0146447", "10,0", "11,0"})
    void cosineFallsToZero(double epoch, double rate) {
        assertThat(new LearningRate.Cosine(0.1).at(epoch, 10)).isCloseTo(rate, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.5,0.025", "1,0.05", "2,0.1", "9,0.1"})
    void warmupRisesToWhatFollows(double epoch, double rate) {
        assertThat(new LearningRate.Warmup(2, TENTH).at(epoch, 10)).isCloseTo(rate, within(1e-15));
    }

    @Test
    void warmupOfNoLengthIsNone() {
        assertThat(new LearningRate.Warmup(0, TENTH).at(0, 10)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void ratesAndFactorsOutOfRangeAreRefused(double value) {
        assertThatThrownBy(() -> new LearningRate.Constant(value)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning rate is " + value);
        assertThatThrownBy(() -> new LearningRate.Cosine(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LearningRate.MultiStep(value, List.of(), 0.5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LearningRate.MultiStep(0.1, List.of(), value))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gamma is " + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void warmupsOutOfRangeAreRefused(double epochs) {
        assertThatThrownBy(() -> new LearningRate.Warmup(epochs, TENTH)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warm-up is " + epochs);
    }

    @Test
    void optimizerHandsOnItsNumbers() {
        Optimizer sgd = new Optimizer.Sgd(new LearningRate.Warmup(2, TENTH), 0.9, true, 0.01, 0.001);
        assertThat(sgd.at(1, 10, 0)).isEqualTo(new UpdateStep.Sgd(0.05f, 0.9f, true, 0.01f, 0.001f));
    }

    @ParameterizedTest
    @CsvSource({"-0.1,0,0,momentum", "1,0,0,momentum", "NaN,0,0,momentum", "0,-1,0,l2", "0,NaN,0,l2",
            "0,Infinity,0,l2", "0,0,-1,decoupled decay", "0,0,1,decoupled decay", "0,0,NaN,decoupled decay"})
    void optimizerRefusesNumbersOutOfRange(double momentum, double l2, double decay, String named) {
        assertThatThrownBy(() -> new Optimizer.Sgd(TENTH, momentum, false, l2, decay))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(named + " is ");
    }

    @Test
    void linearGoesStraightToItsShareOfTheRate() {
        LearningRate rate = new LearningRate.Linear(0.5, 0.2);
        assertThat(rate.at(0, 10)).isEqualTo(0.5);
        assertThat(rate.at(2.5, 10)).isEqualTo(0.4);
        assertThat(rate.at(10, 10)).isCloseTo(0.1, within(1e-12));
        assertThatThrownBy(() -> new LearningRate.Linear(0.5, 1.5)).hasMessageContaining("expected 0 to 1");
    }

    @Test
    void adamHandsOnItsNumbersWithBothBiasCorrections() {
        Optimizer adam = new Optimizer.Adam(new LearningRate.Warmup(2, TENTH), 0.5, 0.75, 1e-8, 0.01, 0.001);
        assertThat(adam.at(1, 10, 1)).isEqualTo(new UpdateStep.Adam((float) (0.05 / 0.75), 0.5f, 0.25f,
                (float) (1 / Math.sqrt(0.4375)), 1e-8f, 0.01f, 0.001f));
    }

    @ParameterizedTest
    @CsvSource({"1,0,1e-8,0,0,beta1", "0,1,1e-8,0,0,beta2", "NaN,0,1e-8,0,0,beta1", "0,-0.1,1e-8,0,0,beta2",
            "0,0,0,0,0,Adam's epsilon", "0,0,1e-50,0,0,Adam's epsilon", "0,0,NaN,0,0,Adam's epsilon",
            "0,0,1e50,0,0,Adam's epsilon", "0,0,1e-8,-1,0,l2", "0,0,1e-8,0,1,decoupled decay"})
    void adamRefusesNumbersOutOfRange(double beta1, double beta2, double epsilon, double l2, double decay,
            String named) {
        assertThatThrownBy(() -> new Optimizer.Adam(TENTH, beta1, beta2, epsilon, l2, decay))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(named + " is ");
    }

    @Test
    void configurationRefusesNoEpochsAndNoBatch() {
        Optimizer sgd = new Optimizer.Sgd(TENTH, 0, false, 0, 0);
        assertThatThrownBy(
                () -> new TrainingConfig(0, 1, Loss.MEAN_SQUARED_ERROR, sgd, Evolution.STATIC, false, 1))
                .hasMessage("epochs is 0, expected 1 or more");
        assertThatThrownBy(
                () -> new TrainingConfig(1, 0, Loss.MEAN_SQUARED_ERROR, sgd, Evolution.STATIC, false, 1))
                .hasMessage("batch size is 0, expected 1 or more");
    }
}
