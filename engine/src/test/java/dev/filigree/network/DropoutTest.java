package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.kernel.TiledMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final int NEURONS = 200;
    private static final int SAMPLES = 256;
    private static final int POSITIONS = NEURONS * SAMPLES;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void dropsTheGivenShareAndScalesTheRest(double probability) {
        float[] mask = mask(probability, Dropout.layerKey(1, 0));
        float scale = (float) (1 / (1 - probability));
        int dropped = 0;
        for (float value : mask) {
            assertThat(value == 0 || value == scale).isTrue();
            dropped += value == 0 ? 1 : 0;
        }
        double sigma = Math.sqrt(probability * (1 - probability) / POSITIONS);
        assertThat((double) dropped / POSITIONS).isCloseTo(probability, within(5 * sigma));
    }

    @Test
    void oneKeyAlwaysDropsTheSamePositions() {
        assertThat(mask(0.5, 7)).isEqualTo(mask(0.5, 7));
    }

    /** Masks of two layers, or of one layer in two steps, agree as often as coins, at every small shift. */
    @Test
    void masksOfNeighbouringLayersAndKeysAreIndependent() {
        float[] first = mask(0.5, Dropout.layerKey(1, 0));
        for (float[] other : new float[][]{mask(0.5, Dropout.layerKey(1, 1)), mask(0.5, Dropout.layerKey(2, 0))}) {
            for (int shift = -3; shift <= 3; shift++) {
                int agree = 0;
                for (int i = 3; i < POSITIONS - 3; i++) {
                    agree += first[i] == other[i + shift] ? 1 : 0;
                }
                assertThat(agree / (POSITIONS - 6.0)).as("shift %d", shift)
                        .isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(POSITIONS)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesWhatIsNoProbability(double probability) {
        assertThatThrownBy(() -> new Dropout(probability)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dropout is " + probability);
    }

    private static float[] mask(double probability, long key) {
        try (TiledMatrix matrix = new TiledMatrix(NEURONS, SAMPLES, SAMPLES / 4, "mask")) {
            for (long i = 0; i < POSITIONS; i++) {
                matrix.values().set(i, 1);
            }
            for (int tile = 0; tile < matrix.tiles(); tile++) {
                // In two shares: where the work is split must not matter.
                new Dropout(probability).apply(matrix, tile, 0, 77, key);
                new Dropout(probability).apply(matrix, tile, 77, NEURONS, key);
            }
            return matrix.values().toArray();
        }
    }
}
