package dev.filigree.cli.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.cli.distance.NetworkLabels.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkLabelsTest {
    @Test
    void lastPartIsEnoughIfItDiffers() {
        assertThat(labels("runs/seed1", "/other/seed2")).containsExactly("seed1", "seed2");
    }

    @Test
    void asManyPartsAsItTakes() {
        assertThat(labels("runs/a/seed1", "runs/b/seed1", "runs/b/seed2"))
                .containsExactly("a/seed1", "b/seed1", "b/seed2");
        assertThat(labels("a/x/topology/epoch_190", "a/y/topology/epoch_190"))
                .containsExactly("x/topology/epoch_190", "y/topology/epoch_190");
    }

    @Test
    void oneEndsTheOther() {
        assertThat(labels("/a", "/b/a")).containsExactly("a", "b/a");
    }

    @Test
    void dotsAreNames() {
        assertThat(labels("runs/./seed1/.", "runs/seed1/../seed2")).containsExactly("seed1", "seed2");
    }

    @Test
    void theSameAgainIsCounted() {
        assertThat(labels("seed1", "seed1", "./seed1")).containsExactly("seed1", "seed1 (2)", "seed1 (3)");
    }

    @Test
    void epochsOfOneRunNeedNoName() {
        assertThat(NetworkLabels.of(List.of(new Place(Path.of("run"), 0), new Place(Path.of("run"), 190))))
                .containsExactly("epoch 0", "epoch 190");
    }

    @Test
    void epochsOfSeveralRunsFollowTheName() {
        assertThat(NetworkLabels.of(List.of(new Place(Path.of("a"), 0), new Place(Path.of("a"), 5),
                new Place(Path.of("b"), 0)))).containsExactly("a@0", "a@5", "b@0");
    }

    @Test
    void epochsAreNumbersOrAll() {
        assertThat(Epochs.parse("7").areSeveral()).isFalse();
        assertThat(Epochs.parse("0, 10,190").areSeveral()).isTrue();
        assertThat(Epochs.parse("all").areSeveral()).isTrue();
        for (String wrong : new String[]{"", "1,", "-1", "last", "1 2", "99999999999"}) {
            assertThatThrownBy(() -> Epochs.parse(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no epoch");
        }
    }

    private static List<String> labels(String... paths) {
        return NetworkLabels.of(Stream.of(paths).map(path -> new Place(Path.of(path), null)).toList());
    }
}
