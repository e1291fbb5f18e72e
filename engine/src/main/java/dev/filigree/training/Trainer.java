package dev.filigree.training;

import dev.filigree.network.Layer;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network: shuffled batches, evaluation after every epoch, rewiring within epochs or between them.
 *
 * <p>One seed gives the same bits, whatever the number of threads. After the first epoch nothing is allocated on
 * the heap in proportion to batches or connections.
 */
public final class Trainer {
    private final Mlp mlp;
    private final TrainingConfig config;
    private final Samples training;
    private final @Nullable Samples validation;
    private final @Nullable Samples test;
    private final ConnectionUpdates updates;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Checkpoints checkpoints = Checkpoints.NONE;
    private EpochState begin;
    private volatile boolean stopping;

    /**
     * Prepares a training run.
     *
     * @param mlp is trained in place; stays the caller's
     * @param validation evaluated after every epoch, or null
     * @param test evaluated after every epoch, or null
     * @throws IllegalArgumentException if samples and network do not fit
     */
    public Trainer(Mlp mlp, TrainingConfig config, Samples training, @Nullable Samples validation,
            @Nullable Samples test) {
        this.mlp = mlp;
        this.config = config;
        this.training = checked(training);
        this.validation = validation == null ? null : checked(validation);
        this.test = test == null ? null : checked(test);
        this.updates = new ConnectionUpdates(mlp, config, stepsPerEpoch());
        this.begin = EpochState.beginning(config.seed(), 1, mlp.depth());
    }

    private Samples checked(Samples samples) {
        if (samples.dimensions() != mlp.inputs()) {
            throw new IllegalArgumentException("the samples have %d features, but the network has %d inputs"
                    .formatted(samples.dimensions(), mlp.inputs()));
        }
        for (int i = 0; i < samples.count(); i++) {
            int label = samples.labels().get(i);
            if (label < 0 || label >= mlp.outputs()) {
                throw new IllegalArgumentException("sample %d has label %d, but the network has %d outputs"
                        .formatted(i, label, mlp.outputs()));
            }
        }
        return samples;
    }

    /** Adds a listener. */
    public Trainer listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Saves the training from time to time, so that it can go on when it ends before its time. */
    public Trainer saveTo(Checkpoints where) {
        checkpoints = where;
        return this;
    }

    /**
     * Continues a training. Everything random and the learning rate are those of a training that was never interrupted;
     * so is the result, to the bit, with any number of threads, if the network is what it was then.
     *
     * @param state where the training stood, with these samples and this configuration; the number of epochs may be
     *     another
     * @throws IllegalArgumentException if it cannot have stood there
     */
    public Trainer resumeFrom(EpochState state) {
        long samples = Math.min((long) state.step() * batch(), training.count());
        if (state.epoch() > config.epochs() || state.step() > stepsPerEpoch() || state.samples() != samples) {
            throw new IllegalArgumentException(
                    "cannot resume in epoch %d after %d steps with %d samples: %d epochs of %d steps are planned, %d of "
                            .formatted(state.epoch(), state.step(), state.samples(), config.epochs(), stepsPerEpoch(),
                                    state.step())
                            + "which take %d samples".formatted(samples));
        }
        if (state.seed() != config.seed() || state.rewired().size() != mlp.depth()) {
            throw new IllegalArgumentException(
                    "cannot resume a training of seed %d and %d layers with seed %d and %d layers".formatted(
                            state.seed(), state.rewired().size(), config.seed(), mlp.depth()));
        }
        begin = state;
        return this;
    }

    /**
     * Ends the training after the step that it is at: it is saved then, and {@link #train} throws a
     * {@link TrainingStoppedException}. For other threads, and for listeners.
     */
    public void stop() {
        stopping = true;
    }

    /**
     * Trains.
     *
     * @param pool the workers
     * @return one report per epoch; those that were done before {@link #resumeFrom} are not among them
     * @throws TrainingStoppedException if {@link #stop} was called
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; the network is that after
     *     a whole step then
     * @throws IllegalStateException if another thread uses the network or the workers
     * @throws TrainingDivergedException if the loss, an activation or a parameter stops being finite; in the same step,
     *     whose parameters the network has then
     */
    public List<EpochReport> train(WorkerPool pool) {
        mlp.use().begin();
        try {
            return trainEpochs(pool);
        } finally {
            mlp.use().end();
        }
    }

    private List<EpochReport> trainEpochs(WorkerPool pool) {
        List<EpochReport> history = new ArrayList<>();
        try (Propagation propagation = new Propagation(mlp, pool, config.loss(), batch());
                BatchFeeder feeder = new BatchFeeder(training, propagation, batch());
                Evaluator validator = evaluator(validation, propagation);
                Evaluator tester = evaluator(test, propagation)) {
            history.add(trainEpoch(new RunningEpoch(begin), propagation, feeder, validator, tester, pool));
            for (int epoch = begin.epoch() + 1; epoch <= config.epochs(); epoch++) {
                history.add(trainEpoch(new RunningEpoch(EpochState.beginning(config.seed(), epoch, mlp.depth())),
                        propagation, feeder, validator, tester, pool));
            }
        }
        return history;
    }

    /** A batch never holds more than all samples, so no memory is prepared for more. */
    private int batch() {
        return Math.min(config.batchSize(), training.count());
    }

    private @Nullable Evaluator evaluator(@Nullable Samples samples, Propagation propagation) {
        return samples == null ? null : new Evaluator(propagation, samples, batch());
    }

    private EpochReport trainEpoch(RunningEpoch epoch, Propagation propagation, BatchFeeder feeder,
            @Nullable Evaluator validator, @Nullable Evaluator tester, WorkerPool pool) {
        EpochEvent event = FlightRecorder.isInitialized() ? new EpochEvent() : null;
        feeder.shuffle(RandomStreams.of(config.seed(), Purpose.SHUFFLE, epoch.epoch));
        while (epoch.samples() < training.count()) {
            WorkerPool.stopIfInterrupted();
            step(epoch, propagation, feeder, pool);
            if (stopping) {
                throw stopped(epoch);
            }
            if (checkpoints.isDue(updates.progress(epoch))) {
                checkpoints.save(epoch.state(), mlp, false);
            }
        }
        epoch.watch.start();
        Evaluation validated = evaluate(validator, epoch, propagation);
        Evaluation tested = evaluate(tester, epoch, propagation);
        epoch.watch.lap(Stopwatch.EVALUATION);
        listeners.forEach(listener -> listener.epochTrained(epoch.epoch, mlp));
        List<Long> connections = mlp.layers().stream().map(Layer::connections).toList();
        if (updates.betweenEpochs()) {
            epoch.watch.start();
            updates.follow(epoch, propagation, pool);
            epoch.watch.lap(Stopwatch.EVOLUTION);
        }
        EpochReport report = epoch.report(validated, tested, connections);
        if (event != null && event.shouldCommit()) {
            event.epoch = epoch.epoch;
            event.loss = report.training().loss();
            event.accuracy = report.training().accuracy();
            event.connections = connections.stream().mapToLong(Long::longValue).sum();
            event.commit();
        }
        listeners.forEach(listener -> listener.epochDone(report));
        return report;
    }

    private void step(RunningEpoch epoch, Propagation propagation, BatchFeeder feeder, WorkerPool pool) {
        StepEvent event = FlightRecorder.isInitialized() ? new StepEvent() : null;
        Stopwatch watch = epoch.watch;
        int from = epoch.samples();
        watch.start();
        int count = feeder.load(from);
        watch.lap(Stopwatch.FEED);
        propagation.forwardForTraining(
                RandomStreams.key(config.seed(), Purpose.DROPOUT, epoch.epoch, epoch.step()));
        watch.lap(Stopwatch.FORWARD);
        UpdateStep update = config.clipping().limit(config.optimizer().at(
                epoch.epoch - 1 + (double) from / training.count(), config.epochs(), mlp.adamSteps()));
        double batchLoss = propagation.learn(feeder.labels(), count, epoch.score, update);
        watch.lap(Stopwatch.BACKWARD);
        if (!Double.isFinite(batchLoss)) {
            throw TrainingDivergedException.inStep(epoch.epoch, epoch.step() + 1, propagation.firstNonFiniteLayer());
        }
        if (propagation.nonFiniteParameters() >= 0) {
            throw TrainingDivergedException.inUpdate(epoch.epoch, epoch.step() + 1, propagation.nonFiniteParameters());
        }
        epoch.stepDone();
        if (event != null && event.shouldCommit()) {
            event.epoch = epoch.epoch;
            event.step = epoch.step();
            event.samples = count;
            event.meanLoss = batchLoss / count;
            event.commit();
        }
        if (!updates.betweenEpochs()) {
            updates.follow(epoch, propagation, pool);
            watch.lap(Stopwatch.EVOLUTION);
        }
        for (TrainingListener listener : listeners) {
            listener.stepDone(epoch.epoch, epoch.samples(), training.count());
        }
    }

    private TrainingStoppedException stopped(RunningEpoch epoch) {
        checkpoints.save(epoch.state(), mlp, true);
        return new TrainingStoppedException(epoch.state());
    }

    /** Changes nothing, so that the epoch's steps are the state that is saved if it has to stop meanwhile. */
    private @Nullable Evaluation evaluate(@Nullable Evaluator evaluator, RunningEpoch epoch,
            Propagation propagation) {
        if (evaluator == null) {
            return null;
        }
        Evaluation evaluation = evaluator.evaluate(() -> {
            WorkerPool.stopIfInterrupted();
            if (stopping) {
                throw stopped(epoch);
            }
        });
        requireFinite(evaluation, epoch.epoch, propagation);
        return evaluation;
    }

    /** The last step's update is seen by no further step. */
    private static void requireFinite(Evaluation evaluation, int epoch, Propagation propagation) {
        if (!Double.isFinite(evaluation.loss())) {
            throw TrainingDivergedException.inEvaluation(epoch, propagation.firstNonFiniteLayer());
        }
    }

    private int stepsPerEpoch() {
        return Math.ceilDiv(training.count(), batch());
    }
}
