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
    private static final int LANES = SAMPLES / 4;
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

    /** Neighbours in a row, in a column, and the corners of a rectangle, whose parity a weak hash would fix. */
    @Test
    void positionsOfOneMaskAreIndependent() {
        float[] mask = mask(0.5, Dropout.layerKey(3, 0));
        for (int lane : new int[]{1, 2, 4, 8, 16, 32}) {
            for (int row : new int[]{1, 2, 4, 8, 16, 64}) {
                int columns = 0;
                int rows = 0;
                int corners = 0;
                int count = 0;
                for (int r = 0; r + row < NEURONS; r++) {
                    for (int s = 0; s + lane < SAMPLES; s++) {
                        boolean here = mask[at(r, s)] == 0;
                        boolean right = mask[at(r, s + lane)] == 0;
                        boolean below = mask[at(r + row, s)] == 0;
                        boolean opposite = mask[at(r + row, s + lane)] == 0;
                        rows += here == right ? 1 : 0;
                        columns += here == below ? 1 : 0;
                        corners += here == right == (below == opposite) ? 1 : 0;
                        count++;
                    }
                }
                double deviation = 5 * 0.5 / Math.sqrt(count);
                assertThat((double) rows / count).as("%d samples apart", lane).isCloseTo(0.5, within(deviation));
                assertThat((double) columns / count).as("%d neurons apart", row).isCloseTo(0.5, within(deviation));
                assertThat((double) corners / count).as("rectangle of %d × %d", lane, row)
                        .isCloseTo(0.5, within(deviation));
            }
        }
    }

    /** The share varies from sample to sample and from neuron to neuron as that of coins does. */
    @Test
    void rowsAndColumnsOfAMaskAreDroppedAlike() {
        float[] mask = mask(0.5, Dropout.layerKey(4, 0));
        double rowsChiSquare = 0;
        for (int r = 0; r < NEURONS; r++) {
            int dropped = 0;
            for (int s = 0; s < SAMPLES; s++) {
                dropped += mask[at(r, s)] == 0 ? 1 : 0;
            }
            rowsChiSquare += Math.pow(dropped - SAMPLES / 2.0, 2) / (SAMPLES / 4.0);
        }
        double samplesChiSquare = 0;
        for (int s = 0; s < SAMPLES; s++) {
            int dropped = 0;
            for (int r = 0; r < NEURONS; r++) {
                dropped += mask[at(r, s)] == 0 ? 1 : 0;
            }
            samplesChiSquare += Math.pow(dropped - NEURONS / 2.0, 2) / (NEURONS / 4.0);
        }
        assertThat(rowsChiSquare).isCloseTo(NEURONS, within(5 * Math.sqrt(2.0 * NEURONS)));
        assertThat(samplesChiSquare).isCloseTo(SAMPLES, within(5 * Math.sqrt(2.0 * SAMPLES)));
    }

    /** A network keeps its masks on a machine with vectors of another width. */
    @Test
    void masksDoNotDependOnTheTilesWidth() {
        try (TiledMatrix wide = ones(SAMPLES); TiledMatrix narrow = ones(4)) {
            new Dropout(0.5).apply(TestNetworks.VECTOR, wide, 0, 0, NEURONS, 11);
            for (int tile = 0; tile < narrow.tiles(); tile++) {
                new Dropout(0.5).apply(TestNetworks.SCALAR, narrow, tile, 0, NEURONS, 11);
            }
            for (int r = 0; r < NEURONS; r++) {
                for (int s = 0; s < SAMPLES; s++) {
                    assertThat(narrow.get(r, s)).isEqualTo(wide.get(r, s));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesWhatIsNoProbability(double probability) {
        assertThatThrownBy(() -> new Dropout(probability)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dropout is " + probability);
    }

    /** Position of a neuron and sample in a mask. */
    private static int at(int neuron, int sample) {
        return ((sample / LANES) * NEURONS + neuron) * LANES + sample % LANES;
    }

    private static TiledMatrix ones(int lanes) {
        TiledMatrix matrix = new TiledMatrix(NEURONS, SAMPLES, lanes, "mask");
        for (long i = 0; i < POSITIONS; i++) {
            matrix.values().set(i, 1);
        }
        return matrix;
    }

    private static float[] mask(double probability, long key) {
        try (TiledMatrix matrix = ones(LANES)) {
            for (int tile = 0; tile < matrix.tiles(); tile++) {
                // In two shares: where the work is split must not matter.
                new Dropout(probability).apply(TestNetworks.VECTOR, matrix, tile, 0, 77, key);
                new Dropout(probability).apply(TestNetworks.VECTOR, matrix, tile, 77, NEURONS, key);
            }
            return matrix.values().toArray();
        }
    }
}
