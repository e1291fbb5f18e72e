package dev.filigree.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.random.RandomStreams.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    @Test
    void everySeedPurposeAndIndexHasItsOwnKey() {
        Set<Long> keys = new HashSet<>();
        int made = 0;
        for (long seed = -2; seed <= 2; seed++) {
            for (Purpose purpose : Purpose.values()) {
                keys.add(RandomStreams.key(seed, purpose));
                made++;
                for (long i = 0; i < 20; i++) {
                    keys.add(RandomStreams.key(seed, purpose, i));
                    made++;
                    for (long j = 0; j < 20; j++) {
                        keys.add(RandomStreams.key(seed, purpose, i, j));
                        made++;
                    }
                }
            }
        }
        assertThat(keys).hasSize(made);
    }

    /** Saved runs depend on these numbers: they may never change. */
    @Test
    void keysAreFixedForAllTime() {
        assertThat(RandomStreams.key(1, Purpose.SHUFFLE, 1)).isEqualTo(6762625670290817192L);
        assertThat(RandomStreams.of(1, Purpose.SHUFFLE, 1).nextInt(1_000_000)).isEqualTo(803371);
    }
}
