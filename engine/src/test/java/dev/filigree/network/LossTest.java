package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    private final Loss.Score score = new Loss.Score();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000})
    void crossEntropyOfEqualOutputsIsTheLogarithmOfTheClasses(int classes) {
        float[] outputs = new float[classes];
        Arrays.fill(outputs, 3.5f);
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, outputs, 0)).isCloseTo(Math.log(classes), within(1e-12));
    }

    @Test
    void crossEntropyNeitherOverflowsNorUnderflows() {
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{1e4f, 0, -1e4f}, 0)).isCloseTo(0, within(1e-12));
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{1e4f, 0, -1e4f}, 2)).isCloseTo(2e4, within(1e-8));
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{-1e4f, -1e4f}, 1)).isCloseTo(Math.log(2),
                within(1e-12));
    }

    @Test
    void squaredErrorIsTheMeanOverTheOutputs() {
        // (0.5 - 0)² + (0.25 - 1)² + (-1 - 0)² = 1.8125
        assertThat(loss(Loss.MEAN_SQUARED_ERROR, new float[]{0.5f, 0.25f, -1}, 1)).isCloseTo(1.8125 / 3,
                within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void infiniteOutputsGiveALossThatIsNotFinite(Loss loss) {
        assertThat(loss(loss, new float[]{Float.POSITIVE_INFINITY, 0}, 0)).isNotFinite();
        assertThat(loss(loss, new float[]{Float.NaN, 0}, 1)).isNotFinite();
    }

    /** Where the label has all but 10⁻⁷ of the probability, the loss is that small too, not rounded to a step of 1. */
    @Test
    void crossEntropyOfACertainOutputKeepsItsDigits() {
        double margin = 16;
        double expected = Math.log1p(Math.exp(-margin));
        assertThat(loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[]{(float) margin, 0}, 0)).isCloseTo(expected,
                within(1e-6 * expected));
    }

    @Test
    void scoreCountsHitsAndAveragesOverAllBatches() {
        try (TiledMatrix outputs = new TiledMatrix(2, 3, 4, "outputs");
                WorkerPool pool = new WorkerPool(1);
                BatchLoss loss = new BatchLoss(Loss.MEAN_SQUARED_ERROR, TestNetworks.SCALAR, pool, outputs)) {
            outputs.set(0, 0, 1);
            outputs.set(1, 1, 1);
            outputs.set(0, 2, 1);
            loss.evaluate(new int[]{0, 1, 1}, 3, null, score);
            assertThat(score.accuracy()).isEqualTo(2.0 / 3);
            assertThat(score.meanLoss()).isCloseTo(1.0 / 3, within(1e-12));
            loss.evaluate(new int[]{0}, 1, null, score);
            assertThat(score.accuracy()).isEqualTo(3.0 / 4);
            score.reset();
            assertThat(score.accuracy()).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void deltasAreZeroInPaddingLanesWhateverTheyHeldBefore(Loss loss) {
        int lanes = TestNetworks.VECTOR.tileLanes(Integer.MAX_VALUE);
        int batch = lanes + 5;
        int[] labels = IntStream.range(0, batch).map(s -> s % 3).toArray();
        try (TiledMatrix outputs = new TiledMatrix(3, 3 * lanes, lanes, "outputs");
                TiledMatrix delta = new TiledMatrix(3, 3 * lanes, lanes, "delta");
                WorkerPool pool = new WorkerPool(2);
                BatchLoss batchLoss = new BatchLoss(loss, TestNetworks.VECTOR, pool, outputs)) {
            for (long i = 0; i < delta.values().length(); i++) {
                delta.values().set(i, Float.NaN);
            }
            batchLoss.evaluate(labels, batch, delta, score);
            for (int j = 0; j < 3; j++) {
                for (int sample = 0; sample < 3 * lanes; sample++) {
                    assertThat(delta.get(j, sample) != 0).isEqualTo(
                            sample < batch && (loss == Loss.SOFTMAX_CROSS_ENTROPY || j == sample % 3));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void theSumDoesNotDependOnTheNumberOfWorkers(Loss loss) {
        int batch = 5 * TestNetworks.VECTOR.tileLanes(Integer.MAX_VALUE) + 3;
        int[] labels = TestNetworks.labels(batch, 10, new SplittableRandom(1));
        double[] sums = new double[2];
        try (TiledMatrix outputs = new TiledMatrix(10, batch, TestNetworks.VECTOR.tileLanes(Integer.MAX_VALUE),
                "outputs")) {
            TestNetworks.fill(outputs.values(), new SplittableRandom(2));
            for (int threads : new int[]{1, 3}) {
                try (WorkerPool pool = new WorkerPool(threads);
                        BatchLoss batchLoss = new BatchLoss(loss, TestNetworks.VECTOR, pool, outputs)) {
                    sums[threads / 2] = batchLoss.evaluate(labels, batch, null, score);
                }
            }
        }
        assertThat(sums[1]).isEqualTo(sums[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void labelWithoutAnOutputIsRefused(int label) {
        assertThatThrownBy(() -> loss(Loss.SOFTMAX_CROSS_ENTROPY, new float[3], label))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 0 has label %d, but there are 3 outputs".formatted(label));
    }

    /** By both providers, which agree to the bit. */
    private double loss(Loss loss, float[] outputs, int label) {
        double scalar = loss(TestNetworks.SCALAR, loss, outputs, label);
        assertThat(loss(TestNetworks.VECTOR, loss, outputs, label)).isEqualTo(Double.valueOf(scalar));
        return scalar;
    }

    private double loss(SparseKernels kernels, Loss loss, float[] outputs, int label) {
        try (TiledMatrix matrix = new TiledMatrix(outputs.length, 1, kernels.tileLanes(1), "outputs");
                WorkerPool pool = new WorkerPool(1);
                BatchLoss batchLoss = new BatchLoss(loss, kernels, pool, matrix)) {
            for (int c = 0; c < outputs.length; c++) {
                matrix.set(c, 0, outputs[c]);
            }
            return batchLoss.evaluate(new int[]{label}, 1, null, score);
        }
    }
}
