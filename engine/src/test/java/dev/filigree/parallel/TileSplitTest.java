package dev.filigree.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every part of every tile is exactly one worker's. */
class TileSplitTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "1,5,1", "2,1,1", "2,2,2", "2,4,2", "3,2,1", "4,2,2", "6,4,2", "5,5,5"})
    void coversEveryItemOfEveryTileOnce(int workers, int tiles, int groups) {
        TileSplit split = TileSplit.of(workers, tiles);
        assertThat(split.groups()).isEqualTo(groups);
        int items = 17;
        int[][] covered = new int[tiles][items];
        for (int worker = 0; worker < workers; worker++) {
            for (int tile = split.fromTile(worker); tile < split.toTile(worker); tile++) {
                for (int item = split.from(worker, items); item < split.to(worker, items); item++) {
                    covered[tile][item]++;
                }
            }
        }
        for (int[] tile : covered) {
            assertThat(tile).containsOnly(1);
        }
    }

    @Test
    void refusesGroupsThatDoNotDivide() {
        assertThatThrownBy(() -> new TileSplit(3, 2, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 workers and 2 tiles in 2 groups");
    }
}
