package dev.filigree.training;

import dev.filigree.network.Loss;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An epoch in progress: what its steps have summed up so far. */
final class RunningEpoch {
    private final long seed;
    private final double secondsBefore;
    private final long start = System.nanoTime();

    final int epoch;
    final Loss.Score score = new Loss.Score();
    final long[] rewired;
    final Stopwatch watch;
    private int step;

    /** Goes on from a state. */
    RunningEpoch(EpochState state) {
        this.seed = state.seed();
        this.epoch = state.epoch();
        this.step = state.step();
        this.secondsBefore = state.seconds();
        this.watch = new Stopwatch(state.times());
        this.rewired = state.rewired().stream().mapToLong(Long::longValue).toArray();
        score.restore(state.lossSum(), state.correct(), state.samples());
    }

    /** Steps that are done. */
    int step() {
        return step;
    }

    void stepDone() {
        step++;
    }

    /** Samples in the steps that are done. */
    int samples() {
        return (int) score.samples();
    }

    EpochState state() {
        return new EpochState(seed, epoch, step, score.lossSum(), score.correct(), score.samples(), boxed(rewired),
                seconds(), watch.times());
    }

    EpochReport report(@Nullable Evaluation validated, @Nullable Evaluation tested, List<Long> connections) {
        return new EpochReport(epoch, new Evaluation(score.meanLoss(), score.accuracy()), validated, tested,
                seconds(), watch.times(), connections, boxed(rewired));
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - start) * 1e-9;
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
