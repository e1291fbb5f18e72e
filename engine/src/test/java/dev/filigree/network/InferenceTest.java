package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
    private static final int[] WIDTHS = {7, 63, 50, 4};
    private static final int BATCH = 10;

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @ValueSource(strings = {"sss", "ddd", "sds", "dsd"})
    void outputsAreThoseOfTheBatch(String kinds) {
        for (Activation hidden : List.of(Activation.allRelu(0.6f, 0), Activation.TANH, Activation.SIGMOID,
                Activation.SRELU)) {
            double[][] x = TestNetworks.samples(BATCH, WIDTHS[0], random);
            float[] outputs = new float[WIDTHS[3]];
            try (Mlp mlp = TestNetworks.mlp(kinds, WIDTHS, hidden, Activation.LINEAR, new Dropout(0.5),
                    TestNetworks.VECTOR, random);
                    WorkerPool pool = new WorkerPool(1);
                    Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                    Inference inference = new Inference(mlp)) {
                TestNetworks.load(propagation, x);
                propagation.forward();
                for (int s = 0; s < BATCH; s++) {
                    inference.run(floats(x[s]), outputs);
                    for (int c = 0; c < outputs.length; c++) {
                        float batched = propagation.output().get(c, s);
                        assertThat(outputs[c]).isCloseTo(batched, within(1e-5f * Math.max(1, Math.abs(batched))));
                    }
                }
            }
        }
    }

    @Test
    void theNetworkMayChangeMeanwhile() {
        float[] before = new float[WIDTHS[3]];
        float[] after = new float[WIDTHS[3]];
        float[] x = floats(TestNetworks.samples(1, WIDTHS[0], random)[0]);
        try (Mlp mlp = mlp(); Inference inference = new Inference(mlp)) {
            inference.run(x, before);
            mlp.layer(0).bias().set(3, 100);
            try (FloatArray zeros = FloatArray.allocate(mlp.layer(1).connections(), "zeros")) {
                mlp.layer(1).setWeights(zeros);
            }
            inference.run(x, after);
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] outputs = new float[WIDTHS[3]];
        float[] x = floats(TestNetworks.samples(1, WIDTHS[0], random)[0]);
        try (Mlp mlp = mlp(); Inference inference = new Inference(mlp)) {
            for (int i = 0; i < 20_000; i++) {
                inference.run(x, outputs);
            }
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 10; attempt++) {
                long start = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++) {
                    inference.run(x, outputs);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - start);
            }
            assertThat(least).as("bytes of 1000 samples").isLessThan(1000);
        }
    }

    @Test
    void refusesSamplesOfAnotherSize() {
        try (Mlp mlp = mlp(); Inference inference = new Inference(mlp)) {
            assertThatThrownBy(() -> inference.run(new float[8], new float[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("8 features and room for 4 outputs, but the network has 7 and 4");
        }
    }

    private Mlp mlp() {
        return TestNetworks.mlp("sss", WIDTHS, Activation.TANH, Activation.LINEAR, Dropout.NONE, TestNetworks.VECTOR,
                random);
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
