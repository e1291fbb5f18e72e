package dev.filigree.fuzz;

import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.network.Inference;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.LearningRate;
import dev.filigree.training.Optimizer;
import dev.filigree.training.Samples;
import dev.filigree.training.Trainer;
import dev.filigree.training.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The same network, workers and batches in the hands of several threads at once. */
final class ThreadMisuse {
    private static final int SAMPLES = 90;

    private final SplittableRandom random;
    private final Misuse judge;
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    ThreadMisuse(SplittableRandom random, Misuse judge) {
        this.random = random;
        this.judge = judge;
    }

    void run() throws InterruptedException {
        try (Mlp mlp = new NetworkMisuse(random, judge).network(false);
                WorkerPool pool = new WorkerPool(2);
                WorkerPool others = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 16);
                Inference inference = new Inference(mlp);
                FloatArray features = FloatArray.allocate((long) SAMPLES * mlp.inputs(), "misused features");
                IntArray labels = IntArray.allocate(SAMPLES, "misused labels")) {
            Samples samples = new Samples(features, labels, SAMPLES, mlp.inputs());
            Trainer trainer = new Trainer(mlp, new TrainingConfig(2, 16, Loss.SOFTMAX_CROSS_ENTROPY,
                    new Optimizer.Sgd(new LearningRate.Constant(0.01), 0.9, false, 0, 0), PruneAndGrow.set(0.3, null),
                    true, 1), samples, samples, null);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                SplittableRandom own = random.split();
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int k = 0; k < 20; k++) {
                            judge.attempt(() -> use(own, mlp, pool, others, propagation, inference, trainer));
                        }
                    } catch (RuntimeException | Error e) {
                        broken.compareAndSet(null, e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        Throwable thrown = broken.get();
        if (thrown != null) {
            throw new AssertionError("not documented: " + thrown, thrown);
        }
    }

    private static void use(SplittableRandom random, Mlp mlp, WorkerPool pool, WorkerPool others,
            Propagation propagation, Inference inference, Trainer trainer) {
        switch (random.nextInt(100)) {
            case 0 -> mlp.close();
            case 1 -> propagation.close();
            case 2 -> pool.close();
            case 3 -> inference.close();
            case 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 -> trainer.train(random.nextBoolean() ? pool : others);
            case 14, 15, 16, 17, 18, 19 -> NetworkState.of(mlp).close();
            case 20, 21, 22, 23, 24 -> new Inference(mlp).close();
            case 25, 26, 27, 28, 29 -> mlp.copyTopology().close();
            case 30, 31, 32 -> trainer.stop();
            case 33, 34 -> mlp.keepSecondMoments(random.nextBoolean());
            case 35, 36, 37, 38, 39 -> new Propagation(mlp, others, Loss.MEAN_SQUARED_ERROR, 5).close();
            case 40, 41, 42, 43, 44, 45 -> pool.run(worker -> {
                if (worker == random.nextInt(4)) {
                    throw new IllegalStateException("a share that fails");
                }
            });
            default -> {
                if (random.nextBoolean()) {
                    inference.run(new float[mlp.inputs()], new float[mlp.outputs()]);
                } else if (random.nextBoolean()) {
                    propagation.forward();
                } else {
                    propagation.learn(new int[16], 16, new Loss.Score(), new UpdateStep.Sgd(0.01f, 0, false, 0, 0));
                }
            }
        }
    }
}
