package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.filigree.memory.FullChecks;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.TestNetworks;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training steps leave next to no garbage, however many connections there are. */
class AllocationTest {
    private static final int BATCH = 32;
    private static final int WARM_UP = 4000;
    private static final int MEASURED = 200;

    /** One iterator per layer would be more, one boxed number per sample or connection many times more. */
    private static final long STEP = 256;

    private static final long PATIENCE = 20_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long forward;
    private long rest;
    private final Loss.Score score = new Loss.Score();
    private final LearningRate rate = new LearningRate.Warmup(0.1,
            new LearningRate.MultiStep(1e-3, List.of(1.0, 2.0), 0.1));

    @Test
    void warmTrainingStepsAllocateNextToNothing() {
        measure(new Optimizer.Sgd(rate, 0.9, true, 1e-4, 1e-4), false);
    }

    @Test
    void norDoTheyWithAdam() {
        measure(new Optimizer.Adam(rate, 0.9, 0.999, 1e-8, 1e-4, 1e-4), false);
    }

    @Test
    void norWhereTheyAreClippedByNorm() {
        measure(new Optimizer.Sgd(rate, 0.9, true, 1e-4, 1e-4), true);
    }

    private void measure(Optimizer optimizer, boolean clipped) {
        assumeFalse(FullChecks.ENABLED, "looking at every index leaves garbage");
        try (TestProblem problem = new TestProblem(BATCH * 4 + 5, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                BatchFeeder feeder = new BatchFeeder(problem.samples, propagation, BATCH)) {
            for (int step = 0; step < WARM_UP; step++) {
                step(mlp, propagation, feeder, step, optimizer, clipped);
            }
            // The compiler may still be at work, for seconds where it has much to do; what it never compiles well stays.
            long leastForward = Long.MAX_VALUE;
            long leastElsewhere = Long.MAX_VALUE;
            long deadline = System.nanoTime() + PATIENCE;
            while ((leastForward >= STEP || leastElsewhere >= STEP) && System.nanoTime() < deadline) {
                forward = 0;
                rest = 0;
                for (int step = 0; step < MEASURED; step++) {
                    step(mlp, propagation, feeder, step, optimizer, clipped);
                }
                leastForward = Math.min(leastForward, forward / MEASURED);
                leastElsewhere = Math.min(leastElsewhere, rest / MEASURED);
            }
            assertThat(leastElsewhere).as("bytes per step: feeding, backward pass, update").isLessThan(STEP);
            assertThat(leastForward).as("bytes per step: forward pass").isLessThan(STEP);
        }
    }

    /** What the trainer does in one step. */
    private void step(Mlp mlp, Propagation propagation, BatchFeeder feeder, int step, Optimizer optimizer,
            boolean clipped) {
        long start = THREADS.getCurrentThreadAllocatedBytes();
        int count = feeder.load(step % 5 * BATCH);
        long fed = THREADS.getCurrentThreadAllocatedBytes();
        propagation.forwardForTraining(RandomStreams.key(1, Purpose.DROPOUT, 1, step));
        long forwarded = THREADS.getCurrentThreadAllocatedBytes();
        UpdateStep update = optimizer.at(step * 1e-4, 10, mlp.adamSteps());
        propagation.learn(feeder.labels(), count, score, clipped ? new UpdateStep.ClippedByNorm(update, 0.5f) : update);
        forward += forwarded - fed;
        rest += fed - start + THREADS.getCurrentThreadAllocatedBytes() - forwarded;
    }
}
