package dev.filigree.cli.train;

import dev.filigree.cli.run.DataFacts;
import dev.filigree.cli.run.NetworkFacts;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunRecorder;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.StartSettings;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.network.Compute;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.Samples;
import dev.filigree.training.Trainer;
import dev.filigree.training.TrainingDivergedException;
import dev.filigree.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One training run from settings to a finished directory. */
public final class TrainingSession {
    private final RunSettings settings;
    private final Path path;
    private final boolean quiet;
    private final boolean live;
    private final PrintWriter out;
    private final PrintWriter err;
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
     */
    public RunRecord run(boolean overwrite) throws IOException {
        RunDirectory.check(path, overwrite);
        try (DataSplits data = settings.data().load(settings.seed())) {
            return run(overwrite, data,
                    settings.network().layers(data.training().features(), data.training().classes()));
        }
    }

    private RunRecord run(boolean overwrite, DataSplits data, List<LayerSpec> layers) throws IOException {
        try (Mlp mlp = firstNetwork(data.training(), layers)) {
            // Early, as the record tells the memory.
            mlp.keepSecondMoments(settings.training().adam() != null);
            RunRecord record = RunRecord.starting(settings, DataFacts.of(data), NetworkFacts.of(mlp, layers));
            RunDirectory directory = RunDirectory.create(path, overwrite);
            RunRecorder recorder = RunRecorder.start(directory, record, mlp);
            if (!quiet) {
                new TrainText(out).introduction(record, path);
            }
            train(data, mlp, recorder, 0);
            return recorder.record();
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
     * Goes on training the last network of a run.
     *
     * @return the run as recorded: finished
     * @throws DivergedRunException if training diverged; the run is recorded then
     */
    public RunRecord resume(Resumption resumption) throws IOException {
        // Nothing is replaced: this asks only whether the directory can be written to.
        RunDirectory.check(path, true);
        try (DataSplits data = settings.data().load(settings.seed())) {
            resumption.requireSameData(data);
            try (Mlp mlp = resumption.readNetwork()) {
                RunRecorder recorder = RunRecorder.resume(resumption.directory(),
                        resumption.record().resuming(resumption.epoch(), settings, DataFacts.of(data)),
                        resumption.epoch());
                if (!quiet) {
                    new TrainText(out).resumption(recorder.record(), path, resumption.epoch());
                }
                train(data, mlp, recorder, resumption.epoch());
                return recorder.record();
            }
        }
    }

    private void train(DataSplits data, Mlp mlp, RunRecorder recorder, int epochsBefore) throws IOException {
        Dataset validation = data.validation();
        Trainer trainer = new Trainer(mlp, settings.trainingConfig(), samples(data.training()),
                validation == null ? null : samples(validation), samples(data.test())).listen(recorder)
                .resumeAfter(epochsBefore);
        listeners.forEach(trainer::listen);
        Progress progress = new Progress(out, epochsBefore, settings.training().epochs(), live);
        if (!quiet) {
            trainer.listen(progress);
        }
        Thread hook = Thread.ofPlatform().unstarted(() -> recordInterruption(recorder));
        Runtime.getRuntime().addShutdownHook(hook);
        try (WorkerPool pool = new WorkerPool(settings.threads())) {
            trainer.train(pool);
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
            removeHook(hook);
        }
    }

    private void recordInterruption(RunRecorder recorder) {
        try {
            recorder.interrupted();
            err.printf("%nfiligree: interrupted; the last saved network is %s%n",
                    path.resolve(recorder.lastNetwork()));
        } catch (IOException e) {
            err.printf("%nfiligree: interrupted, and cannot say so in run.json: %s%n", e.getMessage());
        }
        err.flush();
    }

    private static void recordFailure(RunRecorder recorder, Throwable failure) {
        try {
            recorder.failed(failure);
        } catch (IOException e) {
            // Most likely the reason of the failure itself, such as a full disk.
            failure.addSuppressed(e);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs already.
        }
    }

    private static Samples samples(Dataset data) {
        return new Samples(data.values(), data.labels(), data.samples(), data.features());
    }
}
