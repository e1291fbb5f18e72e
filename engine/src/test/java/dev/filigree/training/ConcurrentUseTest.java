package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Inference;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.Propagation;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads at once: with networks of their own they do not disturb each other, with one they are refused. */
class ConcurrentUseTest {
    private static List<Object> train(TrainingRun run) {
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2)) {
            run.trainer(mlp, problem).train(pool);
            return TrainingRun.bits(mlp);
        }
    }

    @Test
    void trainingsSideBySideBecomeWhatEachBecomesAlone() throws Exception {
        Map<TrainingRun, List<Object>> alone = new EnumMap<>(TrainingRun.class);
        for (TrainingRun run : TrainingRun.values()) {
            alone.put(run, train(run));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int repeat = 0; repeat < 3; repeat++) {
                Map<TrainingRun, Future<List<Object>>> together = new EnumMap<>(TrainingRun.class);
                for (TrainingRun run : TrainingRun.values()) {
                    together.put(run, threads.submit(() -> train(run)));
                }
                for (Map.Entry<TrainingRun, Future<List<Object>>> each : together.entrySet()) {
                    assertThat(each.getValue().get()).as("%s", each.getKey()).isEqualTo(alone.get(each.getKey()));
                }
            }
        }
    }

    /** Each would free or move memory under the training thread. */
    @ParameterizedTest
    @ValueSource(strings = {"close", "train", "forward", "copy", "infer", "moments"})
    void aNetworkInTrainingIsRefusedToOtherThreads(String use) {
        TrainingRun run = TrainingRun.SET_AND_MOMENTUM;
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2);
                WorkerPool otherPool = new WorkerPool(2);
                Propagation propagation = new Propagation(mlp, otherPool, Loss.SOFTMAX_CROSS_ENTROPY, 8)) {
            Runnable other = switch (use) {
                case "close" -> mlp::close;
                case "train" -> () -> run.trainer(mlp, problem).train(otherPool);
                case "forward" -> propagation::forward;
                case "copy" -> () -> NetworkState.of(mlp).close();
                case "infer" -> () -> new Inference(mlp).close();
                default -> () -> mlp.keepSecondMoments(true);
            };
            Trainer trainer = run.trainer(mlp, problem).listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    if (epoch == 2 && samples == 64) {
                        join(Thread.ofPlatform().start(() -> {
                            try {
                                other.run();
                            } catch (IllegalStateException e) {
                                refused.set(e);
                            }
                        }));
                    }
                }
            });
            assertThat(trainer.train(pool)).hasSize(TrainingRun.EPOCHS);
            assertThat(refused.get()).hasMessageStartingWith("the network is in use by thread ");
            assertThat(TrainingRun.bits(mlp)).isEqualTo(train(run));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsClosedIsRefused() {
        TrainingRun run = TrainingRun.STATIC;
        WorkerPool pool = new WorkerPool(2);
        Mlp mlp = run.network();
        Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 8);
        Inference inference = new Inference(mlp);
        inference.close();
        assertThatIllegalStateException().isThrownBy(() -> inference.run(new float[20], new float[4]));
        propagation.close();
        assertThatIllegalStateException().isThrownBy(propagation::forward).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(propagation::input).withMessage("the propagation is closed");
        mlp.close();
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1)) {
            assertThatThrownBy(() -> run.trainer(mlp, problem).train(pool)).hasMessageContaining("closed");
        }
        assertThatIllegalStateException().isThrownBy(() -> NetworkState.of(mlp)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> new Inference(mlp)).withMessageContaining("closed");
        pool.close();
        assertThat(OffHeapMemory.bytesInUse()).isZero();
    }

    @Test
    void workersThatAreClosedBeforeARewiringLeaveNoMemory() {
        TrainingRun run = TrainingRun.SET_AND_MOMENTUM;
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1); Mlp mlp = run.network()) {
            WorkerPool pool = new WorkerPool(2);
            Trainer trainer = run.trainer(mlp, problem).listen(new TrainingListener() {
                @Override
                public void epochTrained(int epoch, Mlp trained) {
                    pool.close();
                }
            });
            assertThatIllegalStateException().isThrownBy(() -> trainer.train(pool))
                    .withMessage("the worker pool is closed");
        }
        assertThat(OffHeapMemory.leakReport()).isEmpty();
    }

    /** Between two batches; what the evaluation has done so far is not needed again. */
    @Test
    void anInterruptedEvaluationEndsTheTraining() {
        TrainingRun run = TrainingRun.STATIC;
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2)) {
            List<Integer> epochs = new ArrayList<>();
            Trainer trainer = run.trainer(mlp, problem).listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    if (samples == total) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void epochTrained(int epoch, Mlp trained) {
                    epochs.add(epoch);
                }
            });
            assertThatThrownBy(() -> trainer.train(pool)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(epochs).isEmpty();
        }
    }
}
