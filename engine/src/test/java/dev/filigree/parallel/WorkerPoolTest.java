package dev.filigree.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyWorkerRunsOncePerCallOverManyTinyCalls(int threads) {
        int calls = threads <= 2 ? 2_000 : 200;
        AtomicIntegerArray runs = new AtomicIntegerArray(threads);
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int call = 1; call <= calls; call++) {
                pool.run(runs::incrementAndGet);
                for (int worker = 0; worker < threads; worker++) {
                    if (runs.get(worker) != call) {
                        throw new AssertionError(
                                "worker %d ran %d times in %d calls".formatted(worker, runs.get(worker), call));
                    }
                }
            }
        }
    }

    /** Shares that wait for each other can only end if none of them keeps another one's thread. */
    @Test
    void sharesThatWaitForEachOtherHaveThreadsOfTheirOwn() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        try (WorkerPool pool = new WorkerPool(3)) {
            pool.run(worker -> {
                seen.add(Thread.currentThread());
                all.countDown();
                awaitQuietly(all);
            });
        }
        assertThat(seen).hasSize(3).contains(Thread.currentThread());
    }

    /** A parked thread takes longer to wake up than the caller takes for so small a share. */
    @Test
    void aShareWhoseThreadHasNotBegunIsDoneByAnother() {
        Thread[] doneBy = new Thread[2];
        try (WorkerPool pool = new WorkerPool(2)) {
            while (doneBy[1] != Thread.currentThread()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                pool.run(worker -> doneBy[worker] = Thread.currentThread());
            }
        }
        assertThat(doneBy[0]).isNotNull();
    }

    /** A plain write by any worker is seen by all workers of the next call. */
    @Test
    void resultsOfOneCallAreVisibleInTheNext() {
        int threads = 3;
        int[] values = new int[threads];
        int[] sums = new int[threads];
        try (WorkerPool pool = new WorkerPool(threads)) {
            for (int call = 1; call <= 200; call++) {
                int expected = call;
                pool.run(worker -> values[worker] = expected);
                pool.run(worker -> sums[worker] = values[0] + values[1] + values[2]);
                assertThat(sums).containsOnly(3 * expected);
            }
        }
    }

    @Test
    void parkedWorkersWakeUp() {
        AtomicIntegerArray runs = new AtomicIntegerArray(2);
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int call = 1; call <= 5; call++) {
                // Long enough for the spinning to end.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                pool.run(runs::incrementAndGet);
                assertThat(runs.get(1)).isEqualTo(call);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void exceptionOfAnyWorkerReachesTheCallerAndThePoolStaysUsable(int failing) {
        AtomicIntegerArray runs = new AtomicIntegerArray(3);
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int repeat = 0; repeat < 10; repeat++) {
                assertThatThrownBy(() -> pool.run(worker -> {
                    if (worker == failing) {
                        throw new IllegalArgumentException("share " + worker);
                    }
                })).isInstanceOf(RuntimeException.class).hasMessageContaining("share " + failing);
                pool.run(runs::incrementAndGet);
            }
        }
        for (int worker = 0; worker < 3; worker++) {
            assertThat(runs.get(worker)).isEqualTo(10);
        }
    }

    @Test
    void failureOfOneCallIsNotReportedByTheNext() {
        try (WorkerPool pool = new WorkerPool(3)) {
            assertThatThrownBy(() -> pool.run(worker -> {
                throw new IllegalArgumentException("share " + worker);
            })).hasMessageContaining("share");
            pool.run(worker -> {
            });
        }
    }

    @Test
    void errorOfAWorkerReachesTheCaller() {
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThatThrownBy(() -> pool.run(worker -> {
                if (worker == 1) {
                    throw new AssertionError("broken");
                }
            })).hasMessage("a worker failed: broken").hasRootCauseInstanceOf(AssertionError.class);
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        Set<Thread> helpers = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(4);
        WorkerPool pool = new WorkerPool(4);
        pool.run(worker -> {
            helpers.add(Thread.currentThread());
            all.countDown();
            awaitQuietly(all);
        });
        helpers.remove(Thread.currentThread());
        pool.close();
        pool.close();
        for (Thread helper : helpers) {
            assertThat(helper.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(helpers).hasSize(3);
        assertThatThrownBy(() -> pool.run(worker -> {
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTaskCannotRunAnotherOnItsOwnPool(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThatThrownBy(() -> pool.run(worker -> {
                if (worker == 0) {
                    pool.run(inner -> {
                    });
                }
            })).isInstanceOf(IllegalStateException.class).hasMessageContaining("needs a pool of its own");
            AtomicIntegerArray runs = new AtomicIntegerArray(threads);
            pool.run(runs::incrementAndGet);
            assertThat(runs.get(threads - 1)).isEqualTo(1);
        }
    }

    @Test
    void aSecondThreadIsRefusedWhileATaskRuns() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(2)) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch refused = new CountDownLatch(1);
            AtomicIntegerArray runs = new AtomicIntegerArray(2);
            Thread first = Thread.ofPlatform().start(() -> pool.run(worker -> {
                running.countDown();
                awaitQuietly(refused);
                runs.incrementAndGet(worker);
            }));
            running.await();
            assertThatThrownBy(() -> pool.run(worker -> {
            })).isInstanceOf(IllegalStateException.class).hasMessageContaining("runs another task");
            refused.countDown();
            first.join();
            assertThat(runs.get(0) + runs.get(1)).isEqualTo(2);
        }
    }

    @Test
    void closingWhileATaskRunsLetsItFinish() throws InterruptedException {
        for (int repeat = 0; repeat < 50; repeat++) {
            WorkerPool pool = new WorkerPool(3);
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            AtomicIntegerArray runs = new AtomicIntegerArray(3);
            Thread caller = Thread.ofPlatform().start(() -> pool.run(worker -> {
                running.countDown();
                awaitQuietly(closed);
                runs.incrementAndGet(worker);
            }));
            running.await();
            pool.close();
            closed.countDown();
            caller.join();
            assertThat(runs.get(0) + runs.get(1) + runs.get(2)).isEqualTo(3);
        }
    }

    /** Closing at any moment of a stream of calls neither hangs nor loses a share of a call that was taken. */
    @Test
    void closingAtRandomMomentsNeverLosesAShare() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(7);
        for (int repeat = 0; repeat < 200; repeat++) {
            WorkerPool pool = new WorkerPool(3);
            AtomicIntegerArray runs = new AtomicIntegerArray(3);
            AtomicInteger taken = new AtomicInteger();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        pool.run(runs::incrementAndGet);
                        taken.incrementAndGet();
                    }
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
            });
            LockSupport.parkNanos(random.nextInt(300_000));
            pool.close();
            caller.join();
            for (int worker = 0; worker < 3; worker++) {
                assertThat(runs.get(worker)).isEqualTo(taken.get());
            }
        }
    }

    @Test
    void failuresOfSeveralWorkersStayTogether() {
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThatThrownBy(() -> pool.run(worker -> {
                throw new IllegalArgumentException("share " + worker);
            })).hasMessage("share 0").satisfies(e -> assertThat(e.getSuppressed()).singleElement()
                    .satisfies(other -> assertThat(other).hasMessage("share 1")));
        }
    }

    @Test
    void interruptionStopsBetweenPiecesAndStays() {
        WorkerPool.stopIfInterrupted();
        Thread.currentThread().interrupt();
        assertThatThrownBy(WorkerPool::stopIfInterrupted).isInstanceOf(CancellationException.class)
                .hasMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, WorkerPool.MAX_THREADS + 1})
    void refusesSuchANumberOfThreads(int threads) {
        assertThatThrownBy(() -> new WorkerPool(threads)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is %d, expected 1 to 4096".formatted(threads));
    }
}
