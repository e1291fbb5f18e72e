package dev.filigree.training;

import dev.filigree.evolution.DropSchedule;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.NeuronPruning;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.ActivationFormat;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.LayerState;
import dev.filigree.network.LearnedValues;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.TestNetworks;
import dev.filigree.topology.Sparsity;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Trainings that between them use all that has a state, for tests that stop them and go on. */
@SuppressWarnings("ImmutableEnumChecker") // records that nobody changes
enum TrainingRun {
    SET_AND_MOMENTUM(momentum(), PruneAndGrow.set(0.3, initializer()), 0.4, ActivationFormat.FLOAT32),
    SET_AND_ADAM(TestProblem.adam(0.003), PruneAndGrow.set(0.3, null), 0.4, ActivationFormat.FLOAT32),
    RIGL_WITHIN_EPOCHS(momentum(), PruneAndGrow.rigl(0.3, new UpdateSchedule(2, 0, 1)), 0.4,
            ActivationFormat.BFLOAT16),
    RIGL_AT_ENDS_OF_EPOCHS(TestProblem.adam(0.003),
            PruneAndGrow.rigl(0.3, new UpdateSchedule(UpdateSchedule.EPOCH, 0, 1)), 0.4, ActivationFormat.FLOAT32),
    SPARSE_MOMENTUM(momentum(), PruneAndGrow.snfs(0.3, new UpdateSchedule(UpdateSchedule.EPOCH, 0, 1)), 0.4,
            ActivationFormat.FLOAT32),
    REPARAMETERIZATION_AND_NEURONS(momentum(), new NeuronPruning(
            PruneAndGrow.dsr(0.3, new UpdateSchedule(2, 0, 1)).dropping(DropSchedule.LINEAR), 20, 1, 1), 0.4,
            ActivationFormat.FLOAT32),
    /** Begins with dense products everywhere, of which none are left in the end. */
    PRUNED_FROM_DENSE(momentum(), PruneAndGrow.gradualPruning(0.1, new UpdateSchedule(1, 0, 1)), 1,
            ActivationFormat.FLOAT32),
    CLIPPED_BY_NORM(momentum(), PruneAndGrow.set(0.3, null), 0.4, ActivationFormat.FLOAT32,
            new GradientClipping.ByNorm(0.5)),
    ADAM_CLIPPED_BY_NORM(TestProblem.adam(0.003),
            PruneAndGrow.gradualPruning(0.1, new UpdateSchedule(1, 0, 1)), 1, ActivationFormat.BFLOAT16,
            new GradientClipping.ByNorm(0.1)),
    CLIPPED_BY_VALUE(momentum(), PruneAndGrow.set(0.3, null), 0.4, ActivationFormat.FLOAT32,
            new GradientClipping.ByValue(0.01)),
    STATIC(new Optimizer.Sgd(new LearningRate.Linear(0.02, 0.1), 0.8, true, 0, 1e-4), Evolution.STATIC, 0.4,
            ActivationFormat.BFLOAT16);

    static final int EPOCHS = 3;
    static final int SAMPLES = 130;

    private final Optimizer optimizer;
    private final Evolution evolution;
    private final double density;
    private final ActivationFormat format;
    private final GradientClipping clipping;

    TrainingRun(Optimizer optimizer, Evolution evolution, double density, ActivationFormat format) {
        this(optimizer, evolution, density, format, GradientClipping.NONE);
    }

    TrainingRun(Optimizer optimizer, Evolution evolution, double density, ActivationFormat format,
            GradientClipping clipping) {
        this.clipping = clipping;
        this.optimizer = optimizer;
        this.evolution = evolution;
        this.density = density;
        this.format = format;
    }

    private static Optimizer momentum() {
        return new Optimizer.Sgd(new LearningRate.Warmup(0.7, new LearningRate.Cosine(0.03)), 0.9, false, 1e-4, 0);
    }

    private static Initializer initializer() {
        return new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY);
    }

    /** Three layers of which the last is specified dense and so narrow that it follows the products of the others. */
    List<LayerSpec> specs() {
        Sparsity sparsity = new Sparsity.Density(density);
        return List.of(new LayerSpec(40, sparsity, Activation.allRelu(0.6f, 0), new Dropout(0.2)),
                new LayerSpec(36, sparsity, Activation.SRELU, new Dropout(0.1)),
                new LayerSpec(34, null, Activation.TANH, Dropout.NONE),
                new LayerSpec(TestProblem.CLASSES, null, Activation.LINEAR, Dropout.NONE));
    }

    Compute compute() {
        return new Compute(TestNetworks.VECTOR, TestNetworks.DENSE, 0.6, format);
    }

    Mlp network() {
        return Mlp.random(TestProblem.FEATURES, specs(), initializer(), 1, compute());
    }

    Trainer trainer(Mlp mlp, TestProblem problem) {
        return new Trainer(mlp,
                TestProblem.clipped(TestProblem.config(EPOCHS, 64, optimizer, evolution, 1), clipping),
                problem.samples, null, problem.samples);
    }

    /** Saves after every step. */
    static Checkpoints afterEveryStep(BiConsumer<EpochState, Mlp> saver) {
        return new Checkpoints() {
            @Override
            public boolean isDue(TrainingProgress now) {
                return true;
            }

            @Override
            public void save(EpochState state, Mlp mlp, boolean stopping) {
                saver.accept(state, mlp);
            }
        };
    }

    /** Everything in a network, bit by bit; equal to that of a network with the same bits. */
    static List<Object> bits(Mlp mlp) {
        try (NetworkState state = NetworkState.of(mlp)) {
            return bits(state);
        }
    }

    static List<Object> bits(NetworkState state) {
        List<Object> bits = new ArrayList<>(List.of(state.adamSteps()));
        for (LayerState layer : state.layers()) {
            if (layer.topology() == null) {
                bits.add("full");
            } else {
                bits.add(LongBuffer.wrap(layer.topology().rowStarts().toArray()));
                bits.add(IntBuffer.wrap(layer.topology().sources().toArray()));
            }
            addBits(bits, layer.weights());
            addBits(bits, layer.bias());
            addBits(bits, layer.activation());
        }
        return bits;
    }

    private static void addBits(List<Object> bits, @Nullable LearnedValues values) {
        if (values == null) {
            bits.add("none");
            return;
        }
        bits.add(bits(values.values()));
        bits.add(bits(values.firstMoment()));
        bits.add(values.secondMoment() == null ? "none" : bits(values.secondMoment()));
    }

    private static IntBuffer bits(FloatArray values) {
        int[] bits = new int[(int) values.length()];
        for (int k = 0; k < bits.length; k++) {
            bits[k] = Float.floatToRawIntBits(values.get(k));
        }
        return IntBuffer.wrap(bits);
    }

    /** Of reports what is not a time. */
    static List<Object> withoutTimes(List<EpochReport> reports) {
        List<Object> rest = new ArrayList<>();
        for (EpochReport report : reports) {
            rest.addAll(List.of(report.epoch(), report.training(), Objects.requireNonNull(report.test()),
                    report.connections(), report.rewired()));
        }
        return rest;
    }
}
