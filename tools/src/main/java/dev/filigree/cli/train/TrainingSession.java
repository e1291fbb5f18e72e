package dev.filigree.cli.train;

import dev.filigree.cli.run.DataFacts;
import dev.filigree.cli.run.NetworkFacts;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunLock;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunRecorder;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.SettingsText;
import dev.filigree.cli.run.StartSettings;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.network.Compute;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.EpochState;
import dev.filigree.training.Samples;
import dev.filigree.training.Trainer;
import dev.filigree.training.TrainingDivergedException;
import dev.filigree.training.TrainingListener;
import dev.filigree.training.TrainingStoppedException;
import dev.filigree.training.checkpoint.Checkpoint;
import dev.filigree.training.checkpoint.Checkpointer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One training run from settings to a finished directory. */
public final class TrainingSession {
    private final RunSettings settings;
    private final Path path;
    private final boolean quiet;
    private final boolean live;
    private final PrintWriter out;
    private final PrintWriter err;
    private boolean stopOnSignals;
    private final List<TrainingListener> listeners = new ArrayList<>();

    /**
     * A session.
     *
     * @param path where the run goes
     * @param quiet whether to print nothing but the summary
     * @param live whether {@code out} is a terminal
     * @param out for progress and summary
     * @param err for what is printed when the run is interrupted
     */
    public TrainingSession(RunSettings settings, Path path, boolean quiet, boolean live, PrintWriter out,
            PrintWriter err) {
        this.settings = settings;
        this.path = path;
        this.quiet = quiet;
        this.live = live;
        this.out = out;
        this.err = err;
    }

    /** Stops after a step at the first Ctrl-C or other signal that asks for it, and at once at the second. */
    public TrainingSession stopOnSignals() {
        stopOnSignals = true;
        return this;
    }

    /** Adds a listener to what comes. */
    public TrainingSession listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Trains a new network.
     *
     * @param overwrite whether an older run in the directory is replaced
     * @return the run as recorded: finished
     * @throws DivergedRunException if training diverged; the run is recorded then
     * @throws InterruptedRunException if a signal stopped it; the run is recorded then
     */
    public RunRecord run(boolean overwrite) throws IOException {
        RunDirectory.check(path, overwrite);
        return run(data -> RunDirectory.create(path, overwrite));
    }

    /** What the run has saved stays until the same is saved again. */
    private RunRecord beginAgain(Resumption resumption) throws IOException {
        RunDirectory.check(path, true);
        return run(data -> {
            resumption.requireSameData(data);
            resumption.directory().removeLeftovers();
            return resumption.directory();
        });
    }

    /** Makes the directory of a run when all else is ready. */
    private interface DirectoryMaker {
        RunDirectory make(DataSplits data) throws IOException;
    }

    private RunRecord run(DirectoryMaker maker) throws IOException {
        try (DataSplits data = settings.data().load(settings.seed())) {
            return run(maker, data, settings.network().layers(data.training().features(), data.training().classes()));
        }
    }

    private RunRecord run(DirectoryMaker maker, DataSplits data, List<LayerSpec> layers) throws IOException {
        try (Mlp mlp = firstNetwork(data.training(), layers)) {
            // Early, as the record tells the memory.
            mlp.keepSecondMoments(settings.training().adam() != null);
            RunRecord record = RunRecord.starting(settings, DataFacts.of(data), NetworkFacts.of(mlp, layers));
            return RunLock.holding(path, () -> {
                RunDirectory directory = maker.make(data);
                RunRecorder recorder = RunRecorder.start(directory, record, mlp);
                if (!quiet) {
                    new TrainText(out).introduction(record, path);
                }
                train(data, mlp, recorder, directory, null);
                return recorder.record();
            });
        }
    }

    private Mlp firstNetwork(Dataset training, List<LayerSpec> layers) throws IOException {
        Initializer initializer = settings.network().initializer();
        Compute compute = settings.compute().compute();
        StartSettings start = settings.start();
        return start == null
                ? Mlp.random(training.features(), layers, settings.network().models(training), initializer,
                        settings.seed(), compute)
                : start.build(training.features(), layers, initializer, settings.seed(), compute);
    }

    /**
     * Goes on from a run's newest checkpoint, or from the beginning if it was stopped before it had one.
     *
     * @param resumption stays the caller's
     * @return the run as recorded: finished
     * @throws DivergedRunException if training diverged; the run is recorded then
     * @throws InterruptedRunException if a signal stopped it; the run is recorded then
     */
    public RunRecord resume(Resumption resumption) throws IOException {
        Checkpoint checkpoint = resumption.newest().checkpoint();
        if (checkpoint == null) {
            if (!quiet) {
                new TrainText(out).beginsAgain();
            }
            return beginAgain(resumption);
        }
        // Nothing is replaced: this asks only whether the directory can be written to.
        RunDirectory.check(path, true);
        try (DataSplits data = settings.data().load(settings.seed())) {
            resumption.requireSameData(data);
            try (Mlp mlp = resumption.network(checkpoint)) {
                return RunLock.holding(path, () -> goOn(resumption, checkpoint, data, mlp));
            }
        }
    }

    private RunRecord goOn(Resumption resumption, Checkpoint checkpoint, DataSplits data, Mlp mlp) throws IOException {
        RunDirectory directory = resumption.directory();
        EpochState state = checkpoint.epoch();
        String file = String.valueOf(resumption.newest().file());
        directory.removeLeftovers();
        CheckpointLog.warnOf(resumption.newest().damaged(), file, err);
        directory.checkpoints().setAside(resumption.newest().damaged());
        RunRecorder recorder = RunRecorder.resume(directory, resumption.record().resuming(state.epoch(), state.step(),
                settings, DataFacts.of(data)), state.epoch());
        warnOfMissing(recorder.missingBefore(state.epoch()), directory.historyFile());
        if (!quiet) {
            new TrainText(out).resumption(recorder.record(), path, state, file, resumption.record().machine());
        }
        // It is in the network now.
        checkpoint.network().close();
        train(data, mlp, recorder, directory, state);
        return recorder.record();
    }

    private void warnOfMissing(List<Integer> epochs, Path history) {
        if (epochs.isEmpty()) {
            return;
        }
        err.printf("filigree: %s has no line of epoch %s; the best epoch is that of the others%n", history,
                epochs.size() == 1 ? epochs.getFirst() : epochs.getFirst() + " and " + (epochs.size() - 1) + " more");
        err.flush();
    }

    private void train(DataSplits data, Mlp mlp, RunRecorder recorder, RunDirectory directory,
            @Nullable EpochState state) throws IOException {
        Dataset validation = data.validation();
        Trainer trainer = new Trainer(mlp, settings.trainingConfig(), samples(data.training()),
                validation == null ? null : samples(validation), samples(data.test())).listen(recorder);
        listeners.forEach(trainer::listen);
        if (state != null) {
            trainer.resumeFrom(state);
        }
        Progress progress = new Progress(out, state, data.training().samples(), settings.training().epochs(), live);
        if (!quiet) {
            trainer.listen(progress);
        }
        CheckpointLog log = new CheckpointLog(path, state == null
                ? null
                : directory.checkpoints().file(state.epoch(), state.step()), err);
        InterruptionHook hook = new InterruptionHook(recorder, path, err);
        try (StopSignals signals = stopOnSignals ? new StopSignals(trainer::stop, err) : null;
                WorkerPool pool = new WorkerPool(settings.threads())) {
            try (Checkpointer checkpointer = checkpointer(directory, recorder.record(), log)) {
                if (checkpointer != null) {
                    trainer.saveTo(checkpointer);
                }
                trainer.train(pool);
            } catch (TrainingStoppedException e) {
                recorder.interrupted();
                throw new InterruptedRunException(log.interruption(e), signals == null ? 1 : signals.exitCode(), e);
            }
            recorder.finished();
        } catch (TrainingDivergedException e) {
            recorder.diverged(e);
            throw new DivergedRunException("diverged: %s. The last good network is %s".formatted(e.getMessage(),
                    path.resolve(recorder.lastNetwork())), e);
        } catch (IOException | RuntimeException | Error e) {
            recordFailure(recorder, e);
            throw e;
        } finally {
            if (!quiet) {
                progress.stop();
            }
            hook.close();
        }
    }

    private @Nullable Checkpointer checkpointer(RunDirectory directory, RunRecord record, CheckpointLog log) {
        return settings.checkpoints().isOff()
                ? null
                : new Checkpointer(directory.checkpoints(), settings.checkpoints().policy(),
                        SettingsText.of(settings), record.data().sha256(), log);
    }

    private static void recordFailure(RunRecorder recorder, Throwable failure) {
        try {
            recorder.failed(failure);
        } catch (IOException e) {
            // Most likely the reason of the failure itself, such as a full disk.
            failure.addSuppressed(e);
        }
    }

    private static Samples samples(Dataset data) {
        return new Samples(data.values(), data.labels(), data.samples(), data.features());
    }
}
