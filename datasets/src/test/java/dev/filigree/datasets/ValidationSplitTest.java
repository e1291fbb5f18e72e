package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.IntArray;
import java.io.IOException;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationSplitTest {
    @Test
    void noneHoldsNothingOut() throws IOException {
        assertThat(choose(ValidationSplit.none(), 10, 2).cardinality()).isZero();
    }

    @Test
    void fractionIsTheSameInEveryClass() throws IOException {
        BitSet heldOut = choose(ValidationSplit.fraction(0.1, 1), 1000, 10);
        for (int c = 0; c < 10; c++) {
            int label = c;
            assertThat(heldOut.stream().filter(s -> s % 10 == label).count()).isEqualTo(10);
        }
    }

    @Test
    void countIsExactWhenItDoesNotDivideByClass() throws IOException {
        BitSet heldOut = choose(ValidationSplit.count(7, 1), 29, 3);
        assertThat(heldOut.cardinality()).isEqualTo(7);
        for (int c = 0; c < 3; c++) {
            int label = c;
            assertThat(heldOut.stream().filter(s -> s % 3 == label).count()).isBetween(2L, 3L);
        }
    }

    @Test
    void sameSeedChoosesTheSame() throws IOException {
        assertThat(choose(ValidationSplit.count(50, 3), 200, 4))
                .isEqualTo(choose(ValidationSplit.count(50, 3), 200, 4));
    }

    @Test
    void otherSeedChoosesOthers() throws IOException {
        assertThat(choose(ValidationSplit.count(50, 3), 200, 4))
                .isNotEqualTo(choose(ValidationSplit.count(50, 4), 200, 4));
    }

    @Test
    void everySampleIsChosenEquallyOften() throws IOException {
        int[] times = new int[20];
        for (int seed = 0; seed < 4000; seed++) {
            choose(ValidationSplit.count(10, seed), 20, 2).stream().forEach(s -> times[s]++);
        }
        // Each count is binomial with mean 2000 and deviation 32.
        assertThat(IntStream.of(times).boxed()).allSatisfy(count -> assertThat(count).isBetween(1800, 2200));
    }

    @Test
    void fractionOutOfRange() {
        assertThatThrownBy(() -> ValidationSplit.fraction(1.0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation fraction is 1.0, expected more than 0 and less than 1");
        assertThatThrownBy(() -> ValidationSplit.fraction(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allSamplesCannotBeHeldOut() {
        assertThatThrownBy(() -> choose(ValidationSplit.count(10, 0), 10, 2)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("validation would take 10 of the 10 training samples, expected 1 to 9");
    }

    @Test
    void fractionThatRoundsToNothing() {
        assertThatThrownBy(() -> choose(ValidationSplit.fraction(0.01, 0), 10, 2))
                .isInstanceOf(DatasetException.class).hasMessageContaining("validation would take 0 of the 10");
    }

    private static BitSet choose(ValidationSplit split, int samples, int classes) throws DatasetException {
        try (IntArray labels = IntArray.copyOf(IntStream.range(0, samples).map(s -> s % classes).toArray(), "test")) {
            return split.choose(labels, classes);
        }
    }
}
