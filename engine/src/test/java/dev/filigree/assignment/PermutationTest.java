package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
    @Test
    void inverseUndoesIt() {
        Permutation permutation = Permutation.of(2, 0, 3, 1);
        assertThat(permutation.inverse()).isEqualTo(Permutation.of(1, 3, 0, 2));
    }

    @Test
    void doesNotShareItsArrays() {
        int[] images = {1, 0};
        Permutation permutation = Permutation.of(images);
        images[0] = 0;
        permutation.toArray()[1] = 1;
        assertThat(permutation).isEqualTo(Permutation.of(1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2})
    void refusesAnythingElse(int image) {
        assertThatThrownBy(() -> Permutation.of(0, image)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("element 1 is " + image);
    }
}
