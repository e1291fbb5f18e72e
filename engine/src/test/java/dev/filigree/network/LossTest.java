package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.kernel.TiledMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    private final Loss.Score score = new Loss.Score();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000})
    void crossEntropyOfEqualOutputsIsTheLogarithmOfTheClasses(int classes) {
        float[] outputs = new float[classes];
        Arrays.fill(outputs, 3.5f);
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, outputs, 0)).isCloseTo(Math.log(classes), within(1e-12));
    }

    @Test
    void crossEntropyNeitherOverflowsNorUnderflows() {
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{1e4f, 0, -1e4f}, 0)).isCloseTo(0, within(1e-12));
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{1e4f, 0, -1e4f}, 2)).isCloseTo(2e4, within(1e-8));
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{-1e4f, -1e4f}, 1)).isCloseTo(Math.log(2),
                within(1e-12));
    }

    @Test
    void squaredErrorIsTheMeanOverTheOutputs() {
        // (0.5 - 0)² + (0.25 - 1)² + (-1 - 0)² = 1.8125
        assertThat(loss(Loss.MEAN_SQUARED_ERROR, new float[]{0.5f, 0.25f, -1}, 1)).isCloseTo(1.8125 / 3,
                within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void infiniteOutputsGiveALossThatIsNotFinite(Loss loss) {
        assertThat(loss(loss, new float[]{Float.POSITIVE_INFINITY, 0}, 0)).isNotFinite();
        assertThat(loss(loss, new float[]{Float.NaN, 0}, 1)).isNotFinite();
    }

    @Test
    void scoreCountsHitsAndAveragesOverAllBatches() {
        try (TiledMatrix outputs = new TiledMatrix(2, 3, 2, "outputs")) {
            outputs.set(0, 0, 1);
            outputs.set(1, 1, 1);
            outputs.set(0, 2, 1);
            Loss.MEAN_SQUARED_ERROR.evaluate(outputs, new int[]{0, 1, 1}, 3, null, score);
            assertThat(score.accuracy()).isEqualTo(2.0 / 3);
            assertThat(score.meanLoss()).isCloseTo(1.0 / 3, within(1e-12));
            Loss.MEAN_SQUARED_ERROR.evaluate(outputs, new int[]{0}, 1, null, score);
            assertThat(score.accuracy()).isEqualTo(3.0 / 4);
            score.reset();
            assertThat(score.accuracy()).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void deltasAreZeroInPaddingLanesWhateverTheyHeldBefore(Loss loss) {
        try (TiledMatrix outputs = new TiledMatrix(3, 5, 4, "outputs");
                TiledMatrix delta = new TiledMatrix(3, 5, 4, "delta")) {
            for (long i = 0; i < delta.values().length(); i++) {
                delta.values().set(i, Float.NaN);
            }
            loss.evaluate(outputs, new int[]{0, 1, 2, 0, 1}, 5, delta, score);
            for (int j = 0; j < 3; j++) {
                for (int sample = 0; sample < 8; sample++) {
                    assertThat(delta.get(j, sample) != 0).isEqualTo(
                            sample < 5 && (loss == Loss.SOFTMAX_CROSS_ENTROPY || j == sample % 3));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void labelWithoutAnOutputIsRefused(int label) {
        assertThatThrownBy(() -> loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[3], label))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 0 has label %d, but there are 3 outputs".formatted(label));
    }

    private double loss(Loss loss, float[] outputs, int label) {
        try (TiledMatrix matrix = new TiledMatrix(outputs.length, 1, 4, "outputs")) {
            for (int c = 0; c < outputs.length; c++) {
                matrix.set(c, 0, outputs[c]);
            }
            return loss.evaluate(matrix, new int[]{label}, 1, null, score);
        }
    }
}
