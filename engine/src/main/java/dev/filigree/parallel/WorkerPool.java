package dev.filigree.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of worker threads that run one task together, split by worker number. The calling thread is
 * worker 0, so a pool of one starts no thread.
 *
 * <p>A call costs about a microsecond and allocates nothing. Between calls the workers spin for a short while,
 * then park. One thread at a time may call {@link #run}.
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
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
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
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = Thread.ofPlatform().daemon().name("filigree-worker-" + worker).start(() -> serve(worker));
        }
    }

    /** Number of workers, the calling thread included. */
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs the task on every worker and returns when all are done.
     *
     * @throws RuntimeException what the calling thread's share threw, or an {@link IllegalStateException} around what
     *     another worker threw
     */
    @SuppressWarnings("ThreadPriorityCheck") // yielding only saves time; nothing relies on it
    public void run(Task work) {
        if (helpers.length == 0) {
            work.run(0);
            return;
        }
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        task = work;
        failure.set(null);
        running.set(helpers.length);
        generation.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        try {
            work.run(0);
        } finally {
            for (int spins = 0; running.get() > 0;) {
                if (spins < SPINS_BEFORE_YIELD) {
                    spins++;
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new IllegalStateException("a worker failed: " + thrown.getMessage(), thrown);
        }
    }

    private void serve(int worker) {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (generation.get() == seen && !closed) {
                if (++spins < SPINS_BEFORE_PARK) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
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

    /** Stops the workers. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
