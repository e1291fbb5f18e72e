package dev.filigree.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads, the calling one among them, that run one task together, split into as many shares. A pool of
 * one starts no thread.
 *
 * <p>Worker {@code w}'s share is done by its own thread, worker 0's by the caller, or by another thread that is through
 * with its own before that one has begun: where the system runs other programs on the cores, a thread that waits for its
 * turn holds up nobody as long as it has not begun.
 *
 * <p>A call costs about a microsecond and allocates nothing. Between calls the workers spin for a short while,
 * then park; at once where there are more workers than processors. One thread at a time may call {@link #run}; a
 * second one is refused.
 *
 * <p>Tasks are not interrupted: work that takes long is divided into calls, or pieces of a call, between which
 * {@link #stopIfInterrupted} is asked.
 */
public final class WorkerPool implements AutoCloseable {
    /** A piece of work: called once for every worker. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does this worker's share.
         *
         * @param worker 0 to {@code threads - 1}
         */
        void run(int worker);
    }

    /** More workers than this no machine keeps busy. */
    public static final int MAX_THREADS = 4096;

    private static final int SPINS_BEFORE_PARK = 20_000;

    /** Past these, the waiting caller offers its core: on a busy machine the worker it waits for may need it. */
    private static final int SPINS_BEFORE_YIELD = 1_000;

    private static final Task NOTHING = worker -> {
    };

    private final Thread[] helpers;

    /** A worker that spins where another one waits for its core holds up what it waits for. */
    private final boolean spins;

    /** Number of the task that runs, or ran last. */
    private final AtomicLong generation = new AtomicLong();

    /** Of every worker, the last task of which its share has begun. */
    private final AtomicLongArray begun;

    /** Shares of the task that are not done. */
    private final AtomicInteger undone = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> ownFailure = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> otherFailure = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private Task task = NOTHING;
    private volatile boolean closed;

    /**
     * Starts the workers.
     *
     * @param threads number of workers, the caller included; 1 to {@link #MAX_THREADS}
     */
    public WorkerPool(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads is %d, expected 1 to %d".formatted(threads, MAX_THREADS));
        }
        helpers = new Thread[threads - 1];
        begun = new AtomicLongArray(threads);
        spins = threads <= Runtime.getRuntime().availableProcessors();
        try {
            for (int i = 0; i < helpers.length; i++) {
                int worker = i + 1;
                helpers[i] = Thread.ofPlatform().daemon().name("filigree-worker-" + worker).start(() -> serve(worker));
            }
        } catch (OutOfMemoryError e) {
            // The system has no more threads to give: those that have begun would wait for ever.
            close();
            throw e;
        }
    }

    /** Number of workers, the calling thread included. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Does nothing, unless the calling thread has been interrupted: what takes long asks this between its pieces. The
     * thread stays interrupted.
     *
     * @throws CancellationException if it has been
     */
    public static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("thread %s was interrupted".formatted(Thread.currentThread().getName()));
        }
    }

    /**
     * Runs the task for every worker and returns when all are done.
     *
     * @throws IllegalStateException if the pool is closed, or runs another task: that of another thread, or the one that
     *     calls
     * @throws RuntimeException what worker 0's share threw, or an {@link IllegalStateException} around what another one
     *     threw
     */
    public void run(Task work) {
        if (!caller.compareAndSet(null, Thread.currentThread())) {
            throw new IllegalStateException(
                    "the worker pool runs another task; a thread that works at the same time needs a pool of its own");
        }
        Throwable own;
        Throwable other;
        try {
            takeShares(0, start(work));
            await();
            own = ownFailure.getAndSet(null);
            other = otherFailure.getAndSet(null);
        } finally {
            caller.set(null);
        }
        if (own == null && other == null) {
            return;
        }
        if (own == null) {
            throw new IllegalStateException("a worker failed: " + other.getMessage(), other);
        }
        // Two shares may throw the very same object, which cannot suppress itself.
        if (other != null && !other.equals(own)) {
            own.addSuppressed(other);
        }
        if (own instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) own;
    }

    /** Hands the task out; its number. Closing comes before or after, so that no worker leaves while a share is its. */
    private synchronized long start(Task work) {
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        task = work;
        undone.set(threads());
        long number = generation.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        return number;
    }

    /** Does a worker's share of a task, and those of the workers after it, unless they have begun. */
    private void takeShares(int first, long number) {
        for (int k = 0; k < threads(); k++) {
            int worker = (first + k) % threads();
            // If the share is taken here the task is not over, so that no other has replaced it.
            if (begun.get(worker) < number && begun.compareAndSet(worker, number - 1, number)) {
                try {
                    task.run(worker);
                } catch (RuntimeException | Error e) {
                    (worker == 0 ? ownFailure : otherFailure).compareAndSet(null, e);
                } finally {
                    undone.decrementAndGet();
                }
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding only saves time; nothing relies on it
    private void await() {
        for (int k = 0; undone.get() > 0;) {
            if (spins && k < SPINS_BEFORE_YIELD) {
                k++;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void serve(int worker) {
        long seen = 0;
        while (awaitTask(seen)) {
            seen = generation.get();
            takeShares(worker, seen);
        }
    }

    /** Waits for a task after the one seen last; false if none will come. */
    private boolean awaitTask(long seen) {
        for (int k = 0;; k++) {
            // Read first: once closed, no task is handed out any more.
            boolean last = closed;
            if (generation.get() != seen) {
                return true;
            }
            if (last) {
                return false;
            }
            if (spins && k < SPINS_BEFORE_PARK) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Stops the workers; a task that runs is finished first, which this does not wait for. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
