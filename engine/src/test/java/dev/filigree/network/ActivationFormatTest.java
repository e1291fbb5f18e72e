package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationFormatTest {
    private static final int[] WIDTHS = {30, 70, 60, 4};
    private static final int BATCH = 100;
    private static final UpdateStep STEP = new UpdateStep.Sgd(0.1f, 0.9f, false, 0, 0);

    @Test
    void bfloat16ActivationsComeCloseToFloat32() {
        float[] exact = outputs(ActivationFormat.FLOAT32, 1);
        float[] rounded = outputs(ActivationFormat.BFLOAT16, 1);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < exact.length; i++) {
            largest = Math.max(largest, Math.abs(exact[i]));
            difference = Math.max(difference, Math.abs(exact[i] - rounded[i]));
        }
        assertThat(difference / largest).isBetween(1e-5, 2e-2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void theBitsDoNotDependOnTheNumberOfThreads(int threads) {
        assertThat(outputs(ActivationFormat.BFLOAT16, threads)).isEqualTo(outputs(ActivationFormat.BFLOAT16, 1));
    }

    /** After three steps of training. */
    private static float[] outputs(ActivationFormat format, int threads) {
        SplittableRandom random = new SplittableRandom(3);
        Compute compute = new Compute(TestNetworks.VECTOR, TestNetworks.DENSE, 1.0, format);
        try (Mlp source = TestNetworks.mlp("sss", WIDTHS, Activation.RELU, Activation.LINEAR, Dropout.NONE,
                TestNetworks.VECTOR, random);
                Mlp mlp = TestNetworks.likeWithKinds(source, "sss", compute);
                WorkerPool pool = new WorkerPool(threads);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                FloatArray copy = FloatArray.allocate(propagation.output().values().length(), "outputs")) {
            TestNetworks.copyParameters(source, mlp);
            for (int step = 0; step < 3; step++) {
                TestNetworks.load(propagation, TestNetworks.samples(BATCH, WIDTHS[0], random));
                propagation.forward();
                copy.copyFrom(propagation.output().values());
                propagation.learn(TestNetworks.labels(BATCH, WIDTHS[3], random), BATCH, new Loss.Score(), STEP);
            }
            return copy.toArray();
        }
    }
}
