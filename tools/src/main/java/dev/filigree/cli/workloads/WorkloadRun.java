package dev.filigree.cli.workloads;

import dev.filigree.cli.run.PeakMemory;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.network.Compute;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.EpochReport;
import dev.filigree.training.LearningRate;
import dev.filigree.training.Optimizer;
import dev.filigree.training.PhaseTimes;
import dev.filigree.training.Trainer;
import dev.filigree.training.TrainingConfig;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Trains one workload in this process and measures it. */
public final class WorkloadRun {
    /** Fewer epochs leave none that is past the compilation and rewires: the last one does not. */
    public static final int MIN_EPOCHS = 3;

    static final long SEED = 1;
    static final double MOMENTUM = 0.9;
    private static final double ZETA = 0.3;

    private final Workload workload;
    private final int threads;

    /**
     * A run.
     *
     * @param threads workers, 1 or more
     */
    public WorkloadRun(Workload workload, int threads) {
        this.workload = workload;
        this.threads = threads;
    }

    /**
     * Trains.
     *
     * @param epochs {@link #MIN_EPOCHS} or more; not used where the workload says how many steps
     * @param limit largest number of training and of test samples to use
     * @throws dev.filigree.training.TrainingDivergedException if the loss stops being finite
     */
    public Measurement measure(int epochs, int limit) throws IOException {
        try (WorkloadData data = WorkloadData.load(workload.shape(), new DatasetCatalogue(), limit);
                Mlp mlp = Mlp.random(workload.shape().features(),
                        workload.network().layers(workload.shape().features(), DataShape.CLASSES),
                        workload.network().initializer(), SEED, Compute.best());
                WorkerPool pool = new WorkerPool(threads)) {
            return workload.steps() > 0 ? steps(data, mlp, pool) : epochs(data, mlp, pool, epochs);
        }
    }

    private Measurement epochs(WorkloadData data, Mlp mlp, WorkerPool pool, int epochs) {
        TrainingConfig config = new TrainingConfig(epochs, workload.batch(), Loss.SOFTMAX_CROSS_ENTROPY,
                new Optimizer.Sgd(new LearningRate.Constant(workload.learningRate()), MOMENTUM, false, 0, 0),
                PruneAndGrow.set(ZETA, null), false, SEED);
        List<EpochReport> history = new Trainer(mlp, config, data.training(), null, data.test()).train(pool);
        List<EpochReport> timed = history.subList(1, epochs);
        Double evolution = workload.isDense()
                ? null
                : share(history.subList(1, epochs - 1), PhaseTimes::evolution);
        return new Measurement(workload.name(), threads, data.description(), data.training().count(), "epoch",
                history.getFirst().seconds(),
                Measurement.median(timed.stream().mapToDouble(EpochReport::seconds).toArray()), evolution,
                share(timed, times -> times.feed() + times.evaluation()), PeakMemory.bytes(), data.bytes(),
                mlp.connections(), mlp.bytes(), history.getFirst().training().loss(),
                history.getLast().training().loss());
    }

    private static double share(List<EpochReport> epochs, ToDoubleFunction<PhaseTimes> part) {
        return epochs.stream().mapToDouble(epoch -> part.applyAsDouble(epoch.times())).sum()
                / epochs.stream().mapToDouble(EpochReport::seconds).sum();
    }

    private Measurement steps(WorkloadData data, Mlp mlp, WorkerPool pool) {
        @Nullable
        Double noEvolution = null;
        try (TimedSteps steps = new TimedSteps(mlp, data.training(), pool, workload.batch())) {
            steps.train(workload.steps(), workload.learningRate());
            return new Measurement(workload.name(), threads, data.description(), steps.samples(), "step",
                    steps.seconds()[0], Measurement.median(steps.secondsAfterFirst()), noEvolution, steps.feedShare(),
                    PeakMemory.bytes(), data.bytes(), mlp.connections(), mlp.bytes(), steps.losses()[0],
                    steps.losses()[workload.steps() - 1]);
        }
    }
}
