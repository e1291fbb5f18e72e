package dev.filigree.benchmark.network;

import dev.filigree.memory.IntArray;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.Evaluation;
import dev.filigree.training.Evaluator;
import dev.filigree.training.Samples;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** A network in training, step by step as the trainer does it. */
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
abstract class TrainedNetwork {
    /** Slow, so that random labels move the weights little however long the benchmark runs. */
    private static final UpdateStep STEP = new UpdateStep.Sgd(1e-4f, 0.9f, false, 0, 0);

    private final Loss.Score score = new Loss.Score();
    private Mlp mlp;
    private WorkerPool pool;
    private Propagation propagation;
    private Evaluator evaluator;
    private Samples data;
    private IntArray order;
    private int[] labels;
    private int first;

    /** Takes ownership of the network. */
    final void start(NetworkOperands operands, Mlp owned) {
        if (operands.batch > operands.samples) {
            throw new IllegalArgumentException(
                    "a batch of %d of %d samples".formatted(operands.batch, operands.samples));
        }
        mlp = owned;
        data = operands.data();
        order = operands.order();
        labels = new int[operands.batch];
        pool = new WorkerPool(operands.threads);
        propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, operands.batch);
        evaluator = new Evaluator(propagation, data, operands.batch);
    }

    /** Stops the workers and frees the network. */
    @TearDown(Level.Trial)
    public void close() {
        evaluator.close();
        propagation.close();
        mlp.close();
        pool.close();
    }

    /** Trains on the next batch; returns its loss. */
    public double step() {
        for (int s = 0; s < labels.length; s++) {
            labels[s] = data.labels().get(order.get((long) first + s));
        }
        propagation.load(data.features(), order, first, labels.length);
        propagation.forwardForTraining(first);
        double loss = propagation.learn(labels, labels.length, score, STEP);
        first = first + 2 * labels.length <= data.count() ? first + labels.length : 0;
        return loss;
    }

    /** Evaluates the network on all samples. */
    public Evaluation evaluate() {
        return evaluator.evaluate();
    }
}
