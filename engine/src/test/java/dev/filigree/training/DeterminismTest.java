package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.NeuronPruning;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.Layer;
import dev.filigree.network.Mlp;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One seed, one result, bit by bit: dropout, shuffling and rewiring included. */
class DeterminismTest {
    private static final Evolution SET = PruneAndGrow.set(0.3,
            new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY));

    /** Samples for the interpreter, which takes its time. */
    private static final int FEW = 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numberOfWorkersDoesNotChangeABit(boolean vector) {
        SparseKernels kernels = vector ? TestNetworks.VECTOR : TestNetworks.SCALAR;
        List<Object> alone = train(kernels, 1, 1);
        for (int workers : new int[]{1, 2, 3, 5}) {
            assertThat(train(kernels, workers, 1)).as("%d workers", workers).isEqualTo(alone);
        }
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        List<Object> first = train(TestNetworks.VECTOR, 1, 1);
        List<Object> second = train(TestNetworks.VECTOR, 1, 2);
        for (int part = 0; part < first.size(); part++) {
            assertThat(second.get(part)).isNotEqualTo(first.get(part));
        }
    }

    /**
     * The JIT compiler must not change a bit either: a run of a JVM that only interprets gives what this one gives
     * after its code has been compiled.
     */
    @Test
    void interpretedAndCompiledKernelsGiveTheSameBits() throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        Process interpreter = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint", "--add-modules", "jdk.incubator.vector", "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED", "-Dfiligree.vector.bits="
                        + System.getProperty("filigree.vector.bits", ""),
                "-cp", classPath, DeterminismTest.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Object> compiled = List.of();
        for (int run = 0; run < 100; run++) {
            compiled = train(TestNetworks.VECTOR, 1, 1, FEW);
        }
        try (InputStream output = interpreter.getInputStream()) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8)).contains(fingerprint(compiled));
        }
        assertThat(interpreter.waitFor()).isZero();
    }

    /** What the interpreting JVM of the test above runs. */
    static void main() {
        System.out.println(fingerprint(train(TestNetworks.VECTOR, 1, 1, FEW)));
    }

    private static String fingerprint(List<Object> parameters) {
        return "fingerprint " + parameters.hashCode();
    }

    /** All connections, weights, biases and learned activations after two epochs, with either optimizer. */
    private static List<Object> train(SparseKernels kernels, int workers, long seed) {
        return train(kernels, workers, seed, 130);
    }

    private static List<Object> train(SparseKernels kernels, int workers, long seed, int count) {
        List<Object> result = train(kernels, workers, seed, count, TestProblem.sgd(0.02));
        result.addAll(train(kernels, workers, seed, count, TestProblem.adam(0.003)));
        return result;
    }

    /** Within epochs, and with layers that change their products. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void norDoesItWhereUpdatesFollowTheirStep(boolean pruning) {
        UpdateSchedule everyStep = new UpdateSchedule(1, 0, 1);
        Evolution rule = pruning
                ? PruneAndGrow.gradualPruning(0.05, everyStep)
                : new NeuronPruning(PruneAndGrow.rigl(0.3, everyStep), 20, 1, 1);
        List<Object> alone = train(TestNetworks.VECTOR, 1, 1, 130, TestProblem.sgd(0.02), rule);
        for (int workers : new int[]{2, 3, 5}) {
            assertThat(train(TestNetworks.VECTOR, workers, 1, 130, TestProblem.sgd(0.02), rule))
                    .as("%d workers", workers).isEqualTo(alone);
        }
    }

    private static List<Object> train(SparseKernels kernels, int workers, long seed, int count, Optimizer optimizer) {
        return train(kernels, workers, seed, count, optimizer, SET);
    }

    private static List<Object> train(SparseKernels kernels, int workers, long seed, int count, Optimizer optimizer,
            Evolution evolution) {
        List<Object> result = new ArrayList<>();
        try (TestProblem training = new TestProblem(count, 1);
                Mlp mlp = TestProblem.network(kernels, seed);
                WorkerPool pool = new WorkerPool(workers)) {
            new Trainer(mlp, TestProblem.config(2, 64, optimizer, evolution, seed), training.samples, null,
                    training.samples)
                    .train(pool);
            for (Layer layer : mlp.layers()) {
                try (FloatArray weights = layer.copyWeights();
                        LayerTopology topology = layer.copyTopology()) {
                    result.add(List.of(Arrays.hashCode(topology.sources().toArray()), bits(weights)));
                    result.add(bits(layer.bias()));
                    if (layer.activationParameters() != null) {
                        result.add(bits(layer.activationParameters()));
                    }
                }
            }
        }
        return result;
    }

    private static List<Integer> bits(FloatArray values) {
        List<Integer> bits = new ArrayList<>();
        for (float value : values.toArray()) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }
}
