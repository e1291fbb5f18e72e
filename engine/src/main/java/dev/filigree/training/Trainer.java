package dev.filigree.training;

import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.network.Layer;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.SparseLayer;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final List<TrainingListener> listeners = new ArrayList<>();
    private int done;

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

    /**
     * Continues a run: the network is what {@link TrainingListener#epochTrained} has seen after an epoch. The rewiring
     * that follows this epoch, if the evolution is one between epochs, is done first, then training goes on with the
     * next epoch. Everything random and the
     * learning rate are those of a run that was never interrupted; so is the result, to the bit, if the network comes
     * with its moments.
     *
     * @param epoch the last one done, below the number of epochs; 0 for none
     */
    public Trainer resumeAfter(int epoch) {
        if (epoch < 0 || epoch >= config.epochs()) {
            throw new IllegalArgumentException("cannot resume after epoch %d, expected at least 0 and less than %d"
                    .formatted(epoch, config.epochs()));
        }
        done = epoch;
        return this;
    }

    /**
     * Trains.
     *
     * @param pool the workers
     * @return one report per epoch; those before {@link #resumeAfter} are not among them
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; the network is that after
     *     a whole step then
     * @throws TrainingDivergedException if the loss stops being finite; the parameters are those of that step then
     */
    public List<EpochReport> train(WorkerPool pool) {
        List<EpochReport> history = new ArrayList<>();
        try (Propagation propagation = new Propagation(mlp, pool, config.loss(), batch());
                BatchFeeder feeder = new BatchFeeder(training, propagation, batch());
                Evaluator validator = evaluator(validation, propagation);
                Evaluator tester = evaluator(test, propagation)) {
            if (done > 0 && config.evolution().betweenEpochs()) {
                long[] rewired = new long[mlp.depth()];
                evolve(done, stepsPerEpoch(), propagation, pool, rewired);
                listeners.forEach(listener -> listener.resumed(done, boxed(rewired)));
            }
            for (int epoch = done + 1; epoch <= config.epochs(); epoch++) {
                history.add(trainEpoch(epoch, propagation, feeder, validator, tester, pool));
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

    private EpochReport trainEpoch(int epoch, Propagation propagation, BatchFeeder feeder,
            @Nullable Evaluator validator, @Nullable Evaluator tester, WorkerPool pool) {
        long start = System.nanoTime();
        Stopwatch watch = new Stopwatch();
        Loss.Score score = new Loss.Score();
        long[] rewired = new long[mlp.depth()];
        boolean betweenEpochs = config.evolution().betweenEpochs();
        feeder.shuffle(RandomStreams.of(config.seed(), Purpose.SHUFFLE, epoch));
        for (int from = 0, step = 0; from < training.count(); step++) {
            WorkerPool.stopIfInterrupted();
            watch.start();
            int count = feeder.load(from);
            watch.lap(Stopwatch.FEED);
            propagation.forwardForTraining(RandomStreams.key(config.seed(), Purpose.DROPOUT, epoch, step));
            watch.lap(Stopwatch.FORWARD);
            UpdateStep update = config.optimizer().at(epoch - 1 + (double) from / training.count(), config.epochs(),
                    mlp.adamSteps());
            double batchLoss = propagation.learn(feeder.labels(), count, score, update);
            watch.lap(Stopwatch.BACKWARD);
            if (!Double.isFinite(batchLoss)) {
                throw new TrainingDivergedException(epoch, step, propagation.firstNonFiniteLayer());
            }
            if (!betweenEpochs) {
                evolve(epoch, step + 1, propagation, pool, rewired);
                watch.lap(Stopwatch.EVOLUTION);
            }
            from += count;
            for (TrainingListener listener : listeners) {
                listener.stepDone(epoch, from, training.count());
            }
        }
        watch.start();
        Evaluation validated = validator == null ? null : validator.evaluate();
        Evaluation tested = tester == null ? null : tester.evaluate();
        watch.lap(Stopwatch.EVALUATION);
        requireFinite(validated, epoch, propagation);
        requireFinite(tested, epoch, propagation);
        listeners.forEach(listener -> listener.epochTrained(epoch, mlp));
        List<Long> connections = mlp.layers().stream().map(Layer::connections).toList();
        if (betweenEpochs) {
            watch.start();
            evolve(epoch, stepsPerEpoch(), propagation, pool, rewired);
            watch.lap(Stopwatch.EVOLUTION);
        }
        EpochReport report = new EpochReport(epoch, new Evaluation(score.meanLoss(), score.accuracy()), validated,
                tested, (System.nanoTime() - start) * 1e-9, watch.times(),
                connections, boxed(rewired));
        listeners.forEach(listener -> listener.epochDone(report));
        return report;
    }

    /** The last step's update is seen by no further step. */
    private static void requireFinite(@Nullable Evaluation evaluation, int epoch, Propagation propagation) {
        if (evaluation != null && !Double.isFinite(evaluation.loss())) {
            throw TrainingDivergedException.inEvaluation(epoch, propagation.firstNonFiniteLayer());
        }
    }

    /** Rewires the layers if it is time, and adds what they have lost to {@code rewired}. */
    private void evolve(int epoch, int step, Propagation propagation, WorkerPool pool, long[] rewired) {
        Evolution evolution = config.evolution();
        TrainingProgress now = new TrainingProgress(epoch, step, stepsPerEpoch(), config.epochs());
        if (now.steps() == now.totalSteps() || !evolution.isDue(now)) {
            return;
        }
        List<EvolvingLayer> layers = new ArrayList<>();
        int[] positions = new int[mlp.depth()];
        for (int l = 0; l < mlp.depth(); l++) {
            boolean hidden = l < mlp.depth() - 1;
            if ((hidden || config.evolveOutput()) && mlp.layer(l) instanceof SparseLayer layer) {
                positions[layers.size()] = l;
                layers.add(evolution.betweenEpochs()
                        ? new EvolvingLayer(layer, hidden, key(epoch, l), null)
                        : new EvolvingLayer(layer, hidden, key(epoch, l, step), propagation.gradient(l)));
            }
        }
        long[] removed = evolution.evolve(layers, now, pool);
        for (int i = 0; i < removed.length; i++) {
            rewired[positions[i]] += removed[i];
        }
        propagation.adapt();
    }

    private long key(long... indices) {
        return RandomStreams.key(config.seed(), Purpose.EVOLUTION, indices);
    }

    private int stepsPerEpoch() {
        return Math.ceilDiv(training.count(), batch());
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
