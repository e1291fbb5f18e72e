package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatchingTest {
    @Test
    void inverseHasTheSamePairs() {
        Matching matching = Matching.of(new int[]{2, Matching.NONE, 0}, 4);
        assertThat(matching.pairs()).isEqualTo(2);
        assertThat(matching.inverse()).isEqualTo(Matching.of(new int[]{2, -1, 0, -1}, 3));
        assertThat(matching.inverse().inverse()).isEqualTo(matching).hasSameHashCodeAs(matching);
    }

    @Test
    void keepsACopy() {
        int[] columns = {1, 0};
        Matching matching = Matching.of(columns, 2);
        columns[0] = 0;
        matching.toArray()[1] = 1;
        assertThat(matching.column(0)).isEqualTo(1);
        assertThat(matching).isNotEqualTo(Matching.identity(2));
    }

    @Test
    void refusesColumnsTwiceOrOutside() {
        assertThatThrownBy(() -> Matching.of(new int[]{1, 1}, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 has column 1");
        assertThatThrownBy(() -> Matching.of(new int[]{2}, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 0 has column 2");
        assertThatThrownBy(() -> Matching.of(new int[]{-2}, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
