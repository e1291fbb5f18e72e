package dev.filigree.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pool promises of memory, under stress for some seconds: all that the caller wrote before a call is seen by all
 * shares, and all that they wrote is seen by the caller after it, through plain fields alone; every share runs once.
 */
class WorkerPoolStressTest {
    private static final Duration TIME = Duration.ofMillis(400);

    /** One call's litmus test. Plain fields, a cache line or more apart. */
    private static final class Mailbox {
        int before;
        final int[] seen;
        final int[] after;
        final AtomicInteger shares = new AtomicInteger();

        Mailbox(int threads) {
            seen = new int[threads * 32];
            after = new int[threads * 32];
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    @Timeout(60)
    void nothingIsLostBetweenCallerAndWorkers(int threads) {
        SplittableRandom random = new SplittableRandom(threads);
        Mailbox box = new Mailbox(threads);
        long end = System.nanoTime() + TIME.toNanos();
        int calls = 0;
        int failures = 0;
        try (WorkerPool pool = new WorkerPool(threads)) {
            while (System.nanoTime() < end) {
                int call = ++calls;
                int late = random.nextInt(8) == 0 ? random.nextInt(threads) : -1;
                int failing = random.nextInt(16) == 0 ? random.nextInt(threads) : -1;
                if (random.nextInt(500) == 0) {
                    // Long enough for the workers to park.
                    LockSupport.parkNanos(2_000_000);
                }
                box.shares.setPlain(0);
                box.before = call;
                try {
                    pool.run(worker -> {
                        if (worker == late) {
                            LockSupport.parkNanos(1_000);
                        }
                        box.seen[worker * 32] = box.before;
                        box.shares.incrementAndGet();
                        if (worker == failing) {
                            throw new IllegalArgumentException("call " + call);
                        }
                        box.after[worker * 32] = call;
                    });
                    assertThat(failing).isEqualTo(-1);
                } catch (IllegalArgumentException | IllegalStateException e) {
                    failures++;
                    if (failing < 0 || !String.valueOf(e.getMessage()).endsWith("call " + call)) {
                        throw new AssertionError("call " + call, e);
                    }
                }
                check(box, threads, call, failing);
            }
        }
        assertThat(calls).isGreaterThan(100);
        assertThat(failures).isPositive();
    }

    private static void check(Mailbox box, int threads, int call, int failing) {
        boolean holds = box.shares.getPlain() == threads;
        for (int worker = 0; worker < threads; worker++) {
            holds &= box.seen[worker * 32] == call && (box.after[worker * 32] == call || worker == failing);
        }
        if (!holds) {
            throw new AssertionError("call %d of %d threads was lost".formatted(call, threads));
        }
    }
}
