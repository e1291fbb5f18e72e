package dev.filigree.training.checkpoint;

import dev.filigree.evolution.TrainingProgress;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.training.Checkpoints;
import dev.filigree.training.EpochState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Saves a training to a directory. Training waits while its state is copied, in off-heap memory; another thread writes
 * the copy. There is one copy at a time: a checkpoint that becomes due meanwhile is taken when the other is written.
 *
 * <p>For one training. Close it afterwards: that waits for the last checkpoint.
 */
public final class Checkpointer implements Checkpoints, AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CheckpointDirectory directory;
    private final CheckpointPolicy policy;
    private final String settings;
    private final String dataChecksum;
    private final CheckpointListener listener;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("filigree-checkpoint").factory());
    private final long start = System.nanoTime();

    /** What all checkpoints have taken, and the last one: of the training thread's time and of a processor's. */
    private final AtomicLong spentNanos = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    private long lastSaved = start;
    private boolean due;
    private @Nullable Future<?> writing;

    /**
     * Prepares to save.
     *
     * @param settings of the run, which the checkpoints hold
     * @param dataChecksum of its data, likewise
     */
    public Checkpointer(CheckpointDirectory directory, CheckpointPolicy policy, String settings, String dataChecksum,
            CheckpointListener listener) {
        this.directory = directory;
        this.policy = policy;
        this.settings = settings;
        this.dataChecksum = dataChecksum;
        this.listener = listener;
    }

    @Override
    public boolean isDue(TrainingProgress now) {
        boolean end = now.steps() == now.totalSteps();
        due |= policy.everyEpochs() > 0 && now.isEndOfEpoch() && (end || now.epoch() % policy.everyEpochs() == 0);
        long time = System.nanoTime();
        due |= policy.everyMinutes() > 0 && (time - lastSaved) * 1e-9 >= 60 * policy.everyMinutes();
        return due && (end || (isIdle() && isAffordable(time)));
    }

    private boolean isIdle() {
        return writing == null || writing.isDone();
    }

    private boolean isAffordable(long time) {
        return spentNanos.get() + lastNanos.get() <= policy.mostShare() * (time - start);
    }

    @Override
    public void save(EpochState state, Mlp mlp, boolean stopping) {
        long begin = System.nanoTime();
        await();
        due = false;
        Checkpoint checkpoint;
        try {
            checkpoint = new Checkpoint(settings, dataChecksum, state, NetworkState.of(mlp));
        } catch (OutOfMemoryError e) {
            // Of the copy, which is freed again: training itself has what it needs.
            listener.failed(new IOException(e.getMessage(), e));
            return;
        } finally {
            lastSaved = System.nanoTime();
        }
        long copying = lastSaved - begin;
        writing = writer.submit(() -> write(checkpoint, copying));
        if (stopping) {
            await();
        }
    }

    private void write(Checkpoint checkpoint, long copyingNanos) {
        CheckpointEvent event = FlightRecorder.isInitialized() ? new CheckpointEvent() : null;
        long begin = THREADS.getCurrentThreadCpuTime();
        try (checkpoint) {
            Path file = directory.write(checkpoint, policy.keep());
            if (event != null) {
                event.file = file.toString();
            }
            listener.saved(file);
        } catch (IOException e) {
            listener.failed(e);
        }
        if (event != null && event.shouldCommit()) {
            event.epoch = checkpoint.epoch().epoch();
            event.step = checkpoint.epoch().step();
            event.copying = copyingNanos;
            event.commit();
        }
        long spent = copyingNanos + Math.max(0, THREADS.getCurrentThreadCpuTime() - begin);
        lastNanos.set(spent);
        spentNanos.addAndGet(spent);
    }

    /** Waits until nothing is being written. */
    private void await() {
        Future<?> open = writing;
        writing = null;
        boolean interrupted = false;
        while (open != null) {
            try {
                open.get();
                open = null;
            } catch (InterruptedException e) {
                // The training thread's business; a checkpoint is not left half-written for it.
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a checkpoint could not be written: " + e.getCause(), e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Seconds that checkpoints have taken from training so far: its own thread's, and those of the processor. */
    public double secondsSpent() {
        return spentNanos.get() * 1e-9;
    }

    /** Waits for the last checkpoint. */
    @Override
    public void close() {
        try {
            await();
        } finally {
            writer.shutdown();
        }
    }
}
