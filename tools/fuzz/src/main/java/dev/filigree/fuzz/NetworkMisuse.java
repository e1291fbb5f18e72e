package dev.filigree.fuzz;

import dev.filigree.distance.NetworkDistance;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Inference;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.training.GradientClipping;
import dev.filigree.training.LearningRate;
import dev.filigree.training.Optimizer;
import dev.filigree.training.Samples;
import dev.filigree.training.Trainer;
import dev.filigree.training.TrainingConfig;
import dev.filigree.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Networks of impossible shapes, batches that do not fit, trainings that end in the midst, and all of it closed too early. */
@SuppressWarnings("try") // what is closed too early is the point
final class NetworkMisuse {
    private final SplittableRandom random;
    private final Misuse judge;

    NetworkMisuse(SplittableRandom random, Misuse judge) {
        this.random = random;
        this.judge = judge;
    }

    void run() {
        judge.attempt(() -> network(true).close());
        judge.attempt(this::propagation);
        judge.attempt(this::training);
        judge.attempt(this::inference);
        judge.attempt(this::comparison);
    }

    /** A network that is small, unless it cannot be. */
    Mlp network(boolean maybeImpossible) {
        List<LayerSpec> specs = new ArrayList<>();
        Activation[] activations = {Activation.RELU, Activation.TANH, Activation.SRELU, Activation.LINEAR};
        int depth = random.nextInt(1, 4);
        for (int l = 0; l < depth; l++) {
            boolean impossible = maybeImpossible && random.nextInt(6) == 0;
            Sparsity sparsity = random.nextInt(3) == 0 || impossible
                    ? null
                    : new Sparsity.Density(random.nextInt(4) == 0 ? 1 : 0.2 + random.nextDouble() / 2);
            specs.add(new LayerSpec(impossible ? Misuse.size(random) : random.nextInt(2, 40), sparsity,
                    l == depth - 1 ? Activation.LINEAR : activations[random.nextInt(4)],
                    new Dropout(maybeImpossible ? random.nextInt(5) * 0.3 : l == depth - 1 ? 0 : 0.2)));
        }
        int inputs = maybeImpossible ? Misuse.size(random) : random.nextInt(1, 30);
        if (isPossibleButLong(inputs, specs)) {
            return network(false);
        }
        return Mlp.random(inputs, specs,
                new Initializer(Initializer.Distribution.HE_UNIFORM, Initializer.Fan.TOPOLOGY), random.nextLong(),
                Compute.best());
    }

    /** To make what only a large machine has the memory for is no misuse, and takes all of it for minutes. */
    private static boolean isPossibleButLong(int inputs, List<LayerSpec> specs) {
        double connections = 0;
        long width = inputs;
        for (LayerSpec spec : specs) {
            double density = spec.sparsity() == null ? 1 : spec.sparsity().density((int) width, spec.neurons());
            connections += Math.max(0, density * width * spec.neurons());
            width = spec.neurons();
        }
        return connections > 1e7 && connections < 5e10;
    }

    private void propagation() {
        try (Mlp mlp = network(false);
                WorkerPool pool = new WorkerPool(random.nextInt(-1, 4));
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, Misuse.size(random));
                FloatArray samples = FloatArray.allocate((long) mlp.inputs() * random.nextInt(4), "misused samples");
                IntArray order = IntArray.copyOf(random.ints(20, -1, 5).toArray(), "misused order")) {
            Loss.Score score = new Loss.Score();
            for (int k = 0; k < 30; k++) {
                int[] labels = random.ints(random.nextInt(70), -1, mlp.outputs() + 1).toArray();
                int count = Misuse.size(random);
                judge.attempt(() -> propagation.load(samples, order, random.nextInt(-1, 22), random.nextInt(-1, 5)));
                judge.attempt(propagation::forward);
                judge.attempt(() -> propagation.forwardForTraining(random.nextLong()));
                judge.attempt(() -> propagation.score(labels, count, score));
                judge.attempt(() -> propagation.learn(labels, random.nextInt(70), score, step()));
                judge.attempt(() -> propagation.gradient(random.nextInt(-1, 4)));
                judge.attempt(propagation::adapt);
                judge.attempt(() -> propagation.input().set(random.nextInt(-1, 40), random.nextInt(-1, 70),
                        Misuse.number(random)));
                judge.attempt(() -> mlp.layer(random.nextInt(-1, 4)).setWeights(samples));
                switch (random.nextInt(40)) {
                    case 0 -> mlp.close();
                    case 1 -> propagation.close();
                    case 2 -> pool.close();
                    case 3 -> samples.close();
                    case 4 -> mlp.layer(0).bias().close();
                    case 5 -> order.close();
                    default -> {
                    }
                }
            }
        }
    }

    private UpdateStep step() {
        UpdateStep step = random.nextBoolean()
                ? new UpdateStep.Sgd(Misuse.number(random), Misuse.number(random), random.nextBoolean(), 0, 0)
                : UpdateStep.Adam.of(random.nextDouble(), 0.9, 0.999, 1e-8, 0, 0, random.nextInt(1, 100));
        return switch (random.nextInt(4)) {
            case 0 -> new UpdateStep.ClippedByNorm(step, Misuse.number(random));
            case 1 -> new UpdateStep.ClippedByValue(step, Misuse.number(random));
            default -> step;
        };
    }

    private void training() {
        try (Mlp mlp = network(false);
                FloatArray features = FloatArray.allocate(100L * mlp.inputs(), "misused features");
                IntArray labels = IntArray.allocate(100, "misused labels");
                WorkerPool pool = new WorkerPool(random.nextInt(1, 4))) {
            for (long k = 0; k < features.length(); k++) {
                features.set(k, random.nextInt(500) == 0 ? Misuse.number(random) : random.nextFloat());
            }
            for (int s = 0; s < 100; s++) {
                labels.set(s, random.nextInt(mlp.outputs() + (random.nextInt(300) == 0 ? 1 : 0)));
            }
            Samples samples = new Samples(features, labels, 100 + random.nextInt(-1, 1), mlp.inputs());
            TrainingConfig config = new TrainingConfig(random.nextInt(3), Misuse.size(random),
                    random.nextBoolean() ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR, optimizer(),
                    clipping(), evolution(), random.nextBoolean(), random.nextLong());
            Trainer trainer = new Trainer(mlp, config, samples, samples, null);
            trainer.listen(saboteur(trainer, mlp, features, pool));
            try {
                trainer.train(pool);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private Optimizer optimizer() {
        LearningRate rate = new LearningRate.Constant(random.nextInt(5) == 0 ? 1e30 : random.nextDouble());
        return random.nextBoolean()
                ? new Optimizer.Sgd(rate, 0.9, random.nextBoolean(), 0, 0)
                : new Optimizer.Adam(rate, 0.9, 0.999, 1e-8, 0, 0);
    }

    private GradientClipping clipping() {
        return switch (random.nextInt(4)) {
            case 0 -> new GradientClipping.ByNorm(Misuse.number(random));
            case 1 -> new GradientClipping.ByValue(Misuse.number(random));
            default -> GradientClipping.NONE;
        };
    }

    private Evolution evolution() {
        return switch (random.nextInt(4)) {
            case 0 -> PruneAndGrow.set(random.nextDouble(), null);
            case 1 -> PruneAndGrow.rigl(0.3, new UpdateSchedule(1, 0, 1));
            case 2 -> PruneAndGrow.gradualPruning(0.1, new UpdateSchedule(1, 0, 1));
            default -> Evolution.STATIC;
        };
    }

    private TrainingListener saboteur(Trainer trainer, Mlp mlp, FloatArray features, WorkerPool pool) {
        return new TrainingListener() {
            @Override
            public void stepDone(int epoch, int samples, int total) {
                switch (random.nextInt(80)) {
                    case 0 -> Thread.currentThread().interrupt();
                    case 1 -> trainer.stop();
                    case 2 -> throw new IllegalStateException("a listener that fails");
                    case 3 -> mlp.close();
                    case 4 -> features.close();
                    case 5 -> pool.close();
                    case 6 -> trainer.train(pool);
                    case 7 -> NetworkState.of(mlp).close();
                    default -> {
                    }
                }
            }
        };
    }

    private void inference() {
        try (Mlp mlp = network(false); Inference inference = new Inference(mlp)) {
            for (int k = 0; k < 10; k++) {
                int more = random.nextInt(4) == 0 ? 1 : 0;
                judge.attempt(() -> inference.run(new float[mlp.inputs() + more], new float[mlp.outputs()]));
                if (random.nextInt(8) == 0) {
                    mlp.close();
                }
                if (random.nextInt(12) == 0) {
                    inference.close();
                }
            }
        }
    }

    private void comparison() {
        try (Mlp one = network(false);
                Mlp other = network(false);
                NetworkTopology a = one.copyTopology();
                NetworkTopology b = random.nextBoolean() ? one.copyTopology() : other.copyTopology()) {
            if (random.nextInt(6) == 0) {
                b.close();
            }
            NetworkDistance.between(a, b, OutputNeurons.MATCHED);
        }
    }
}
