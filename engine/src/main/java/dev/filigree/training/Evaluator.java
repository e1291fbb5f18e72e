package dev.filigree.training;

import dev.filigree.network.Loss;
import dev.filigree.network.Propagation;

/** Runs samples through a network without changing it. */
public final class Evaluator implements AutoCloseable {
    private final Propagation propagation;
    private final BatchFeeder feeder;
    private final Samples samples;
    private final Loss.Score score = new Loss.Score();

    /**
     * Prepares an evaluation.
     *
     * @param propagation of the network; shared with nothing that runs at the same time
     * @param samples what to evaluate on
     * @param batchSize what the propagation was made for
     */
    public Evaluator(Propagation propagation, Samples samples, int batchSize) {
        this.propagation = propagation;
        this.samples = samples;
        this.feeder = new BatchFeeder(samples, propagation, batchSize);
    }

    /** Loss and accuracy of the network as it is now. */
    public Evaluation evaluate() {
        return evaluate(() -> {
        });
    }

    /**
     * As {@link #evaluate()}, which may take long.
     *
     * @param beforeBatch is run before every batch; what it throws ends the evaluation
     */
    Evaluation evaluate(Runnable beforeBatch) {
        score.reset();
        for (int from = 0; from < samples.count();) {
            beforeBatch.run();
            int count = feeder.load(from);
            propagation.forward();
            propagation.score(feeder.labels(), count, score);
            from += count;
        }
        return new Evaluation(score.meanLoss(), score.accuracy());
    }

    @Override
    public void close() {
        feeder.close();
    }
}
