package dev.filigree.cli.experiment;

import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunResults;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.RunStatus;
import dev.filigree.cli.train.DivergedRunException;
import dev.filigree.cli.train.Resumption;
import dev.filigree.cli.train.TrainingSession;
import dev.filigree.io.FileFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does the trainings of an experiment that are not done yet, from their last checkpoints on. As long as there are enough,
 * one worker each side by side, which wastes no time on waiting for each other; those that are left, and networks that
 * need the memory for themselves, one after the other with all workers.
 */
final class TrainingQueue {
    /** Layers from here on need the memory for themselves. */
    private static final int LARGE_LAYER = 20_000;

    private final Path runs;
    private final int threads;
    private final ExperimentProgress progress;
    private final List<String> diverged = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * A queue.
     *
     * @param runs the directory of all runs
     * @param threads workers
     */
    TrainingQueue(Path runs, int threads, ExperimentProgress progress) {
        this.runs = runs;
        this.threads = threads;
        this.progress = progress;
    }

    /** The directory of a run. */
    Path path(Training training) {
        return runs.resolve(training.name());
    }

    /**
     * Does all that are not done. One that diverges does not keep the others from being done.
     *
     * @throws IOException if one fails or has diverged
     */
    void run(List<Training> trainings) throws IOException {
        List<Training> open = new ArrayList<>();
        boolean large = false;
        for (Training training : trainings) {
            if (isDone(training)) {
                progress.found(training);
            } else {
                open.add(training);
                large |= training.settings(1).network().hidden().stream().anyMatch(width -> width >= LARGE_LAYER);
            }
        }
        int sideBySide = threads == 1 || large ? 0 : open.size() / threads * threads;
        runSideBySide(open.subList(0, sideBySide));
        for (Training training : open.subList(sideBySide, open.size())) {
            train(training, threads);
        }
        if (!diverged.isEmpty()) {
            throw new IOException("%d of the trainings diverged, and the experiment means nothing without them: %s"
                    .formatted(diverged.size(), String.join("; ", diverged)));
        }
    }

    private boolean isDone(Training training) throws IOException {
        Path path = path(training);
        if (!RunDirectory.isRun(path)) {
            return false;
        }
        RunRecord record = RunDirectory.open(path).read();
        if (!record.settings().equals(training.settings(record.settings().threads()))) {
            throw new FileFormatException(path,
                    "was trained with other settings than are asked for now; choose another "
                            + "directory with --out, or remove this one");
        }
        if (record.status() == RunStatus.DIVERGED) {
            diverged.add("%s (%s)".formatted(training.name(), record.message()));
        }
        return record.status() == RunStatus.FINISHED || record.status() == RunStatus.DIVERGED;
    }

    private void runSideBySide(List<Training> trainings) throws IOException {
        try (ExecutorService lanes = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> results = new ArrayList<>();
            for (Training training : trainings) {
                results.add(lanes.submit(() -> {
                    if (!failed.get()) {
                        train(training, 1);
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                await(result);
            }
        }
    }

    private static void await(Future<?> result) throws IOException {
        try {
            result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                case null, default -> throw new IOException(e);
            }
        }
    }

    private void train(Training training, int workers) throws IOException {
        RunSettings settings = training.settings(workers);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        boolean done = false;
        try (Resumption resumption = Resumption.ofStopped(path(training), settings)) {
            TrainingSession session = new TrainingSession(settings, path(training), true, false, nowhere, nowhere)
                    .listen(progress.follow(training));
            if (resumption != null) {
                resumption.newest().damaged()
                        .forEach(each -> progress.say("skipped a damaged checkpoint: " + each.reason()));
            }
            RunRecord record = resumption == null ? session.run(true) : session.resume(resumption);
            RunResults results = Objects.requireNonNull(record.results());
            progress.finished(training, String.format(Locale.ROOT, "%.2f %%  %.1f s", 100 * results.testAccuracy(),
                    results.seconds()));
            done = true;
        } catch (DivergedRunException e) {
            diverged.add("%s (%s)".formatted(training.name(), e.getMessage()));
            progress.finished(training, "diverged");
            done = true;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }
}
