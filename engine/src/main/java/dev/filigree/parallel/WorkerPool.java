package dev.filigree.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of worker threads that run one task together, split by worker number. The calling thread is
 * worker 0, so a pool of one starts no thread.
 *
 * <p>A call costs about a microsecond and allocates nothing. Between calls the workers spin for a short while,
 * then park; at once where there are more workers than processors. One thread at a time may call {@link #run}; a
 * second one is refused.
 *
 * <p>Tasks are not interrupted: work that takes long is divided into calls, or pieces of a call, between which
 * {@link #stopIfInterrupted} is asked.
 */
public final class WorkerPool implements AutoCloseable {
    /** A piece of work: called once on every worker. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does this worker's share.
         *
         * @param worker 0 to {@code threads - 1}
         */
        void run(int worker);
    }

    private static final int SPINS_BEFORE_PARK = 20_000;

    /** Past these, the waiting caller offers its core: on a busy machine the worker it waits for may need it. */
    private static final int SPINS_BEFORE_YIELD = 1_000;

    private static final Task NOTHING = worker -> {
    };

    private final Thread[] helpers;

    /** A worker that spins where another one waits for its core holds up what it waits for. */
    private final boolean spins;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private Task task = NOTHING;
    private final AtomicInteger generation = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Starts the workers.
     *
     * @param threads number of workers, the caller included; 1 or more
     */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is %d, expected 1 or more".formatted(threads));
        }
        helpers = new Thread[threads - 1];
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
     * Runs the task on every worker and returns when all are done.
     *
     * @throws IllegalStateException if the pool is closed, or runs another task: that of another thread, or the one that
     *     calls
     * @throws RuntimeException what the calling thread's share threw, or an {@link IllegalStateException} around what
     *     another worker threw
     */
    public void run(Task work) {
        Thread own = Thread.currentThread();
        if (!caller.compareAndSet(null, own)) {
            throw new IllegalStateException(
                    "the worker pool runs another task; a thread that works at the same time needs a pool of its own");
        }
        try {
            start(work);
            work.run(0);
        } catch (RuntimeException | Error e) {
            Throwable other = finish();
            // Two shares may throw the very same object, which cannot suppress itself.
            if (other != null && !other.equals(e)) {
                e.addSuppressed(other);
            }
            throw e;
        }
        Throwable thrown = finish();
        if (thrown != null) {
            throw new IllegalStateException("a worker failed: " + thrown.getMessage(), thrown);
        }
    }

    /** Waits for the other workers and lets the next caller in; what one of them threw, or null. */
    private @Nullable Throwable finish() {
        await();
        Throwable thrown = failure.getAndSet(null);
        caller.set(null);
        return thrown;
    }

    /** Hands the task out. Closing comes before or after, so that no worker leaves while a share is its. */
    private synchronized void start(Task work) {
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        if (helpers.length == 0) {
            return;
        }
        task = work;
        running.set(helpers.length);
        generation.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding only saves time; nothing relies on it
    private void await() {
        for (int k = 0; running.get() > 0;) {
            if (spins && k < SPINS_BEFORE_YIELD) {
                k++;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void serve(int worker) {
        int seen = 0;
        while (awaitTask(seen)) {
            seen++;
            try {
                task.run(worker);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                running.decrementAndGet();
            }
        }
    }

    /** Waits for a task after the one seen last; false if none will come. */
    private boolean awaitTask(int seen) {
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
