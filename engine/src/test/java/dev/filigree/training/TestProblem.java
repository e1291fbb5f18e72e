package dev.filigree.training;

import dev.filigree.evolution.Evolution;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.TestNetworks;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.SplittableRandom;

/** Four noisy, well separated clusters, one per class, and a network small enough to learn them in a moment. */
final class TestProblem implements AutoCloseable {
    static final int FEATURES = 20;
    static final int CLASSES = 4;

    final Samples samples;

    TestProblem(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatArray features = FloatArray.allocate((long) count * FEATURES, "test features");
        IntArray labels = IntArray.allocate(count, "test labels");
        for (int s = 0; s < count; s++) {
            int label = random.nextInt(CLASSES);
            labels.set(s, label);
            for (int f = 0; f < FEATURES; f++) {
                double centre = f % CLASSES == label ? 1 : 0;
                features.set((long) s * FEATURES + f, (float) (centre + 0.5 * random.nextGaussian()));
            }
        }
        samples = new Samples(features, labels, count, FEATURES);
    }

    /** Sparse, dense and sparse again, with dropout and activations of every kind. */
    static Mlp network(SparseKernels kernels, long seed) {
        Sparsity density = new Sparsity.Density(0.4);
        return Mlp.random(FEATURES,
                List.of(new LayerSpec(40, density, Activation.allRelu(0.6f, 0), new Dropout(0.2)),
                        new LayerSpec(36, null, Activation.TANH, new Dropout(0.1)),
                        new LayerSpec(30, density, Activation.SRELU, new Dropout(0.1)),
                        new LayerSpec(CLASSES, density, Activation.LINEAR, Dropout.NONE)),
                new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY), seed, TestNetworks.compute(kernels));
    }

    static TrainingConfig config(int epochs, int batch, double rate, Evolution evolution, long seed) {
        return config(epochs, batch, sgd(rate), evolution, seed);
    }

    static TrainingConfig config(int epochs, int batch, Optimizer optimizer, Evolution evolution, long seed) {
        return new TrainingConfig(epochs, batch, Loss.SOFTMAX_CROSS_ENTROPY, optimizer, evolution, true, seed);
    }

    static TrainingConfig clipped(TrainingConfig config, GradientClipping clipping) {
        return new TrainingConfig(config.epochs(), config.batchSize(), config.loss(), config.optimizer(), clipping,
                config.evolution(), config.evolveOutput(), config.seed());
    }

    static Optimizer sgd(double rate) {
        return new Optimizer.Sgd(new LearningRate.Constant(rate), 0.9, false, 1e-4, 0);
    }

    static Optimizer adam(double rate) {
        return new Optimizer.Adam(new LearningRate.Constant(rate), 0.9, 0.999, 1e-8, 1e-4, 1e-5);
    }

    @Override
    public void close() {
        samples.features().close();
        samples.labels().close();
    }
}
