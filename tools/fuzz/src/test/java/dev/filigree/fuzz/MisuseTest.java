package dev.filigree.fuzz;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The engine refuses what it cannot do, and goes on ({@link Misuse}); longer runs are its {@code main}. */
class MisuseTest {
    @Test
    void misuseIsRefused() throws InterruptedException {
        new Misuse(20_260_102).run(Duration.ofSeconds(4));
    }
}
