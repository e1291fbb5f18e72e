package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels against the scalar reference, at sizes that leave remainders everywhere. */
class KernelAgreementTest {
    private static final SparseKernels VECTOR = new SparseKernels(new VectorKernels());
    private static final SparseKernels SCALAR = new SparseKernels(new ScalarKernels(1));
    private static final int WIDE = VECTOR.tileLanes(Integer.MAX_VALUE);
    private static final int NARROW = VECTOR.tileLanes(1);
    private static final int[] WIDTHS = {NARROW, VECTOR.tileLanes(NARROW + 1), WIDE};

    @RegisterExtension
    final OpenResources open = new OpenResources();

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,15,17", "3,16,1", "15,63,64", "16,65,63", "17,1,129", "63,127,3", "64,17,16", "65,128,15",
            "127,3,65", "128,129,127", "129,64,128"})
    void forward(int batch, int inputs, int outputs) {
        for (int lanes : WIDTHS) {
            forward(batch, inputs, outputs, lanes);
        }
    }

    private void forward(int batch, int inputs, int outputs, int lanes) {
        LayerTopology topology = topology(inputs, outputs);
        FloatArray weights = floats(topology.connections());
        FloatArray bias = floats(outputs);
        TiledMatrix x = matrix(inputs, batch, lanes);
        TiledMatrix y = matrix(outputs, batch, lanes);
        TiledMatrix z = matrix(outputs, batch, lanes);
        TiledMatrix expectedY = matrix(outputs, batch, lanes);
        TiledMatrix expectedZ = matrix(outputs, batch, lanes);
        SCALAR.forward(topology, weights, bias, x, expectedY, expectedZ, 0, x.tiles(), 0, outputs, -0.6f);
        VECTOR.forward(topology, weights, bias, x, y, z, 0, x.tiles(), 0, outputs, -0.6f);
        assertClose(y.values(), expectedY.values());
        assertClose(z.values(), expectedZ.values());
    }

    /** Exactly the product of rounded activations. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "17,15,17", "33,64,63", "65,129,16", "128,17,127"})
    void forwardPacked(int batch, int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        FloatArray weights = floats(topology.connections());
        FloatArray bias = floats(outputs);
        for (SparseKernels kernels : List.of(VECTOR, SCALAR)) {
            for (int lanes : WIDTHS) {
                TiledMatrix x = matrix(inputs, batch, lanes);
                PackedMatrix packed = open.keep(new PackedMatrix(inputs, x.tiles(), lanes));
                kernels.pack(x, packed, 0, x.tiles(), 0, inputs / 2);
                kernels.pack(x, packed, 0, x.tiles(), inputs / 2, inputs);
                roundToBfloat16(x.values());
                TiledMatrix y = matrix(outputs, batch, lanes);
                TiledMatrix z = matrix(outputs, batch, lanes);
                TiledMatrix expectedY = matrix(outputs, batch, lanes);
                TiledMatrix expectedZ = matrix(outputs, batch, lanes);
                kernels.forwardPacked(topology, weights, bias, packed, y, z, 0, x.tiles(), 0, outputs, -0.6f);
                kernels.forward(topology, weights, bias, x, expectedY, expectedZ, 0, x.tiles(), 0, outputs, -0.6f);
                assertThat(y.values().toArray()).isEqualTo(expectedY.values().toArray());
                assertThat(z.values().toArray()).isEqualTo(expectedZ.values().toArray());
            }
        }
    }

    /** To the nearest number of 8 significant bits, ties to even. */
    private static void roundToBfloat16(FloatArray values) {
        for (long i = 0; i < values.length(); i++) {
            double unit = Math.ulp(values.get(i)) * 0x1p16;
            values.set(i, (float) (Math.rint(values.get(i) / unit) * unit));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,15,17", "3,16,1", "15,63,64", "16,65,63", "17,1,129", "63,127,3", "64,17,16", "65,128,15",
            "127,3,65", "128,129,127", "129,64,128"})
    void backward(int batch, int inputs, int outputs) {
        for (int lanes : WIDTHS) {
            backward(batch, inputs, outputs, lanes);
        }
    }

    private void backward(int batch, int inputs, int outputs, int lanes) {
        LayerTopology topology = topology(inputs, outputs);
        OutgoingIndex outgoing = open.keep(OutgoingIndex.of(topology));
        FloatArray weights = floats(topology.connections());
        FloatArray gradient = floats(topology.connections());
        FloatArray expectedGradient = floats(topology.connections());
        TiledMatrix x = matrix(inputs, batch, lanes);
        TiledMatrix gate = matrix(inputs, batch, lanes);
        TiledMatrix delta = matrix(outputs, batch, lanes);
        TiledMatrix inputDelta = matrix(inputs, batch, lanes);
        TiledMatrix expectedDelta = matrix(inputs, batch, lanes);
        int tiles = x.tiles();
        FloatArray scratch = open.keep(VECTOR.scratch(outgoing.largestFanOut()));
        SCALAR.backward(outgoing, weights, expectedGradient, 0, x, gate, expectedDelta, delta, scratch, 0, tiles, 0,
                inputs,
                0.3f);
        VECTOR.backward(outgoing, weights, gradient, 0, x, gate, inputDelta, delta, scratch, 0, tiles, 0, inputs, 0.3f);
        assertClose(inputDelta.values(), expectedDelta.values());
        assertClose(gradient, expectedGradient);
        int half = inputs / 2;
        FloatArray second = floats(topology.connections() - outgoing.columnStart(half));
        VECTOR.backward(outgoing, weights, second, outgoing.columnStart(half), x, gate, inputDelta, delta, scratch, 0,
                tiles, half, inputs, 0.3f);
        for (long k = 0; k < second.length(); k++) {
            assertThat(second.get(k)).isEqualTo(gradient.get(outgoing.columnStart(half) + k));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "17,15,17", "33,64,63", "65,129,16", "128,17,127"})
    void gradient(int batch, int inputs, int outputs) {
        for (int lanes : WIDTHS) {
            gradient(batch, inputs, outputs, lanes);
        }
    }

    private void gradient(int batch, int inputs, int outputs, int lanes) {
        LayerTopology topology = topology(inputs, outputs);
        FloatArray gradient = floats(topology.connections());
        FloatArray expected = floats(topology.connections());
        TiledMatrix x = matrix(inputs, batch, lanes);
        TiledMatrix delta = matrix(outputs, batch, lanes);
        FloatArray scratch = open.keep(VECTOR.scratch(topology.largestFanIn()));
        SCALAR.gradient(topology, expected, 0, x, delta, scratch, 0, x.tiles(), 0, outputs);
        VECTOR.gradient(topology, gradient, 0, x, delta, scratch, 0, x.tiles(), 0, outputs);
        assertClose(gradient, expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129})
    void momentum(int size) {
        for (boolean nesterov : new boolean[]{false, true}) {
            FloatArray weights = floats(size);
            FloatArray velocity = floats(size);
            FloatArray gradient = floats(size);
            FloatArray expectedWeights = copy(weights);
            FloatArray expectedVelocity = copy(velocity);
            SCALAR.parameters().momentum(expectedWeights, expectedVelocity, gradient, 0, 0, size, 0.1f, 0.9f, 0.01f,
                    0.002f,
                    nesterov);
            VECTOR.parameters().momentum(weights, velocity, gradient, 0, 0, size, 0.1f, 0.9f, 0.01f, 0.002f, nesterov);
            assertClose(weights, expectedWeights);
            assertClose(velocity, expectedVelocity);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129})
    void adam(int size) {
        FloatArray weights = floats(size);
        FloatArray moment = floats(size);
        FloatArray secondMoment = squares(size);
        FloatArray gradient = floats(size);
        FloatArray expectedWeights = copy(weights);
        FloatArray expectedMoment = copy(moment);
        FloatArray expectedSecondMoment = copy(secondMoment);
        SCALAR.parameters().adam(expectedWeights, expectedMoment, expectedSecondMoment, gradient, 0, 0, size, 0.1f,
                0.1f, 0.01f,
                1.5f, 0.1f, 0.01f, 0.002f);
        VECTOR.parameters().adam(weights, moment, secondMoment, gradient, 0, 0, size, 0.1f, 0.1f, 0.01f, 1.5f, 0.1f,
                0.01f,
                0.002f);
        assertClose(weights, expectedWeights);
        assertClose(moment, expectedMoment);
        assertClose(secondMoment, expectedSecondMoment);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 17, 64, 127})
    void splittingTheStepOfAdamKeepsTheBits(int split) {
        FloatArray weights = floats(128);
        FloatArray moment = floats(128);
        FloatArray secondMoment = squares(128);
        FloatArray gradient = floats(128);
        FloatArray whole = copy(weights);
        FloatArray wholeMoment = copy(moment);
        FloatArray wholeSecondMoment = copy(secondMoment);
        adamStep(whole, wholeMoment, wholeSecondMoment, gradient, 0, 128);
        adamStep(weights, moment, secondMoment, gradient, 0, split);
        adamStep(weights, moment, secondMoment, gradient, split, 128);
        assertThat(weights.toArray()).isEqualTo(whole.toArray());
        assertThat(moment.toArray()).isEqualTo(wholeMoment.toArray());
        assertThat(secondMoment.toArray()).isEqualTo(wholeSecondMoment.toArray());
    }

    private static void adamStep(FloatArray weights, FloatArray moment, FloatArray secondMoment, FloatArray gradient,
            long from, long to) {
        VECTOR.parameters().adam(weights, moment, secondMoment, gradient, 0, from, to, 0.1f, 0.1f, 0.001f, 1.1f, 1e-8f,
                0.01f,
                0.002f);
    }

    private FloatArray squares(int size) {
        FloatArray array = floats(size);
        for (int k = 0; k < size; k++) {
            array.set(k, array.get(k) * array.get(k));
        }
        return array;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 17, 64, 127})
    void splittingTheUpdateKeepsTheBits(int split) {
        FloatArray weights = floats(128);
        FloatArray velocity = floats(128);
        FloatArray gradient = floats(128);
        FloatArray whole = copy(weights);
        FloatArray wholeVelocity = copy(velocity);
        VECTOR.parameters().momentum(whole, wholeVelocity, gradient, 0, 0, 128, 0.1f, 0.9f, 0.01f, 0.002f, true);
        VECTOR.parameters().momentum(weights, velocity, gradient, 0, 0, split, 0.1f, 0.9f, 0.01f, 0.002f, true);
        VECTOR.parameters().momentum(weights, velocity, gradient, 0, split, 128, 0.1f, 0.9f, 0.01f, 0.002f, true);
        assertThat(weights.toArray()).isEqualTo(whole.toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 17, 64})
    void rows(int neurons) {
        TiledMatrix y = matrix(neurons, 2 * WIDE);
        TiledMatrix z = matrix(neurons, 2 * WIDE);
        TiledMatrix expectedY = matrix(neurons, 2 * WIDE);
        TiledMatrix expectedZ = matrix(neurons, 2 * WIDE);
        expectedY.values().copyFrom(y.values());
        FloatArray bias = floats(neurons);
        FloatArray sums = floats(2L * neurons);
        FloatArray expectedSums = floats(2L * neurons);
        for (int tile = 0; tile < 2; tile++) {
            SCALAR.batches().biasActivation(expectedY, expectedZ, bias, tile, 0, neurons, -0.6f);
            VECTOR.batches().biasActivation(y, z, bias, tile, 0, neurons, -0.6f);
            SCALAR.batches().gate(expectedZ, expectedY, tile, 0, neurons, 0.1f);
            VECTOR.batches().gate(z, y, tile, 0, neurons, 0.1f);
            SCALAR.batches().rowSums(expectedY, tile, expectedSums, 0, neurons);
            VECTOR.batches().rowSums(y, tile, sums, 0, neurons);
        }
        assertClose(y.values(), expectedY.values());
        assertClose(z.values(), expectedZ.values());
        assertClose(sums, expectedSums);
    }

    /** Into a full matrix that held something else, and back. */
    @ParameterizedTest
    @CsvSource({"1,1", "15,3", "16,17", "17,16", "63,5", "64,4", "65,9", "129,33"})
    void expandAndPick(int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        ExistingPlaces places = open.keep(new ExistingPlaces(topology));
        FloatArray values = floats(topology.connections());
        for (SparseKernels kernels : List.of(VECTOR, SCALAR)) {
            FloatArray full = floats((long) inputs * outputs);
            kernels.full().expand(topology, values, places, full, outputs / 2, outputs);
            kernels.full().expand(topology, values, places, full, 0, outputs / 2);
            double[] expected = new double[inputs * outputs];
            for (int row = 0; row < outputs; row++) {
                for (long k = topology.rowStart(row); k < topology.rowStart(row + 1); k++) {
                    expected[row * inputs + topology.source(k)] = values.get(k);
                }
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) full.get(i)).isEqualTo(expected[i]);
            }
            // The later rows first: what another worker has picked stays.
            FloatArray picked = floats(topology.connections());
            kernels.full().pick(topology, full, places, picked, outputs / 2, outputs);
            kernels.full().pick(topology, full, places, picked, 0, outputs / 2);
            assertThat(picked.toArray()).isEqualTo(values.toArray());
        }
    }

    /** Of a full matrix that begins with a later row; what lies outside of the range stays. */
    @ParameterizedTest
    @CsvSource({"1,1", "15,3", "16,17", "17,16", "40,5", "63,5", "64,4", "65,9", "120,7", "129,33"})
    void keepExistingLeavesZerosElsewhere(int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        ExistingPlaces places = open.keep(new ExistingPlaces(topology));
        int first = outputs / 3;
        int from = outputs / 2;
        for (SparseKernels kernels : List.of(VECTOR, SCALAR)) {
            FloatArray full = floats((long) inputs * (outputs - first));
            float[] expected = full.toArray();
            for (int row = from; row < outputs; row++) {
                for (int i = 0; i < inputs; i++) {
                    // Not a multiplication by 0.
                    full.set((long) (row - first) * inputs + i, Float.NaN);
                }
                for (long k = topology.rowStart(row); k < topology.rowStart(row + 1); k++) {
                    int place = (row - first) * inputs + topology.source(k);
                    full.set(place, expected[place]);
                }
            }
            for (int row = from; row < outputs; row++) {
                long k = topology.rowStart(row);
                for (int i = 0; i < inputs; i++) {
                    if (k < topology.rowStart(row + 1) && topology.source(k) == i) {
                        k++;
                    } else {
                        expected[(row - first) * inputs + i] = 0;
                    }
                }
            }
            kernels.full().keepExisting(full, first, places, from, outputs);
            assertThat(full.toArray()).isEqualTo(expected);
        }
    }

    /** In two ranges, as two workers or two panels would. */
    @ParameterizedTest
    @CsvSource({"1,0", "16,7", "129,40"})
    void transposeBringsOutgoingIntoIncomingOrder(int size, int split) {
        LayerTopology topology = topology(size, size);
        OutgoingIndex outgoing = open.keep(OutgoingIndex.of(topology));
        FloatArray inputNumbers = open.keep(FloatArray.allocate(topology.connections(), "outgoing"));
        for (int i = 0; i < size; i++) {
            for (long k = outgoing.columnStart(i); k < outgoing.columnStart(i + 1); k++) {
                inputNumbers.set(k, i);
            }
        }
        for (SparseKernels kernels : List.of(VECTOR, SCALAR)) {
            FloatArray incoming = floats(topology.connections());
            IntArray next = open.keep(IntArray.allocate(size, "next"));
            for (int j = 0; j < size; j++) {
                next.set(j, (int) topology.rowStart(j));
            }
            kernels.transpose(incoming, inputNumbers, outgoing.targets(), next, 0, split);
            kernels.transpose(incoming, inputNumbers, outgoing.targets(), next, split, topology.connections());
            for (long k = 0; k < topology.connections(); k++) {
                assertThat(incoming.get(k)).isEqualTo(topology.source(k));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,17", "16,64", "31,16", "32,15", "65,63", "128,129", "130,7"})
    void gatherTransposed(int batch, int features) {
        FloatArray samples = floats(200L * features);
        IntArray order = open.keep(IntArray.allocate(300, "order"));
        for (int i = 0; i < 300; i++) {
            order.set(i, random.nextInt(200));
        }
        TiledMatrix x = matrix(features, batch + 20);
        TiledMatrix expected = matrix(features, batch + 20);
        SCALAR.batches().gatherTransposed(samples, order, 100, batch, expected, 0, expected.tiles(), 0, features);
        VECTOR.batches().gatherTransposed(samples, order, 100, batch, x, 0, x.tiles(), 0, features / 3);
        VECTOR.batches().gatherTransposed(samples, order, 100, batch, x, 0, x.tiles(), features / 3, features);
        assertThat(x.values().toArray()).isEqualTo(expected.values().toArray());
        assertThat(x.get(features - 1, batch - 1))
                .isEqualTo(samples.get((long) order.get(100 + batch - 1) * features + features - 1));
        assertThat(x.get(0, batch)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,17", "15,3", "16,64", "17,1", "63,16", "64,15", "65,63", "127,65", "128,129", "129,127"})
    void dropout(int batch, int neurons) {
        for (double probability : new double[]{1e-9, 0.3, 0.999999999}) {
            TiledMatrix x = matrix(neurons, batch);
            TiledMatrix expected = copy(x);
            for (int tile = 0; tile < x.tiles(); tile++) {
                SCALAR.batches().dropout(expected, tile, 0, neurons, 0x1234_5678_9ABC_DEF0L, probability, 1.7f);
                VECTOR.batches().dropout(x, tile, 0, neurons / 2, 0x1234_5678_9ABC_DEF0L, probability, 1.7f);
                VECTOR.batches().dropout(x, tile, neurons / 2, neurons, 0x1234_5678_9ABC_DEF0L, probability, 1.7f);
            }
            assertThat(x.values().toArray()).isEqualTo(expected.values().toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,17", "15,3", "16,64", "17,1", "63,16", "64,15", "65,63", "127,65", "128,129", "129,127"})
    void smoothActivations(int batch, int neurons) {
        TiledMatrix x = wideMatrix(neurons, batch);
        TiledMatrix delta = matrix(neurons, batch);
        TiledMatrix tanh = copy(x);
        TiledMatrix sigmoid = copy(x);
        TiledMatrix tanhDelta = copy(delta);
        TiledMatrix sigmoidDelta = copy(delta);
        smooth(SCALAR.batches(), tanh, sigmoid, tanhDelta, sigmoidDelta);
        TiledMatrix actualTanh = copy(x);
        TiledMatrix actualSigmoid = copy(x);
        TiledMatrix actualTanhDelta = copy(delta);
        TiledMatrix actualSigmoidDelta = copy(delta);
        smooth(VECTOR.batches(), actualTanh, actualSigmoid, actualTanhDelta, actualSigmoidDelta);
        assertThat(actualTanh.values().toArray()).isEqualTo(tanh.values().toArray());
        assertThat(actualSigmoid.values().toArray()).isEqualTo(sigmoid.values().toArray());
        assertThat(actualTanhDelta.values().toArray()).isEqualTo(tanhDelta.values().toArray());
        assertThat(actualSigmoidDelta.values().toArray()).isEqualTo(sigmoidDelta.values().toArray());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,17", "15,3", "16,64", "17,1", "63,16", "64,15", "65,63", "127,65", "128,129", "129,127"})
    void sShapedRectifiedLinearUnits(int batch, int neurons) {
        TiledMatrix z = matrix(neurons, batch);
        TiledMatrix delta = matrix(neurons, batch);
        FloatArray parameters = floats((long) SRelu.PARAMETERS * neurons);
        FloatArray gradient = floats(parameters.length());
        TiledMatrix expectedY = copy(z);
        TiledMatrix expectedDelta = copy(delta);
        FloatArray expectedGradient = floats(parameters.length());
        TiledMatrix y = copy(delta);
        srelu(SCALAR.batches(), z, expectedY, expectedDelta, parameters, expectedGradient, neurons / 3);
        srelu(VECTOR.batches(), z, y, delta, parameters, gradient, neurons / 2);
        assertThat(y.values().toArray()).isEqualTo(expectedY.values().toArray());
        assertThat(delta.values().toArray()).isEqualTo(expectedDelta.values().toArray());
        assertClose(gradient, expectedGradient);
        for (int s = 0; s < batch; s++) {
            int j = s % neurons;
            long p = (long) SRelu.PARAMETERS * j;
            assertThat(y.get(j, s)).isEqualTo(SRelu.at(z.get(j, s), parameters.get(p), parameters.get(p + 1),
                    parameters.get(p + 2), parameters.get(p + 3)));
        }
    }

    private static void srelu(BatchKernels kernels, TiledMatrix z, TiledMatrix y, TiledMatrix delta,
            FloatArray parameters, FloatArray gradient, int split) {
        for (int tile = 0; tile < z.tiles(); tile++) {
            kernels.srelu(z, y, tile, parameters, split, z.neurons());
            kernels.srelu(z, y, tile, parameters, 0, split);
        }
        kernels.sreluBackward(delta, z, parameters, gradient, split, z.neurons());
        kernels.sreluBackward(delta, z, parameters, gradient, 0, split);
    }

    private static void smooth(BatchKernels kernels, TiledMatrix tanh, TiledMatrix sigmoid, TiledMatrix tanhDelta,
            TiledMatrix sigmoidDelta) {
        int neurons = tanh.neurons();
        for (int tile = 0; tile < tanh.tiles(); tile++) {
            kernels.tanh(tanh, tile, 0, neurons);
            kernels.sigmoid(sigmoid, tile, 0, neurons);
            kernels.tanhDerivative(tanhDelta, tanh, tile, 0, neurons, 0.7f);
            kernels.sigmoidDerivative(sigmoidDelta, sigmoid, tile, 0, neurons, 0.7f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,17", "15,3", "16,64", "17,2", "63,16", "64,15", "65,63", "127,65", "128,10", "129,127"})
    void losses(int batch, int classes) {
        TiledMatrix outputs = wideMatrix(classes, batch);
        int lanes = outputs.tiles() * WIDE;
        IntArray labels = open.keep(IntArray.allocate(lanes, "labels"));
        for (int s = 0; s < lanes; s++) {
            labels.set(s, random.nextInt(classes));
        }
        float[][] expected = losses(SCALAR.batches(), outputs, labels, batch);
        float[][] actual = losses(VECTOR.batches(), outputs, labels, batch);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("result %d", i).isEqualTo(expected[i]);
        }
    }

    /** However sure of a class the network is, a hundred million times smaller numbers than the deltas are normal ones. */
    @Test
    void deltasOfTheCrossEntropyAreZeroOrFarFromSubnormal() {
        int batch = 128;
        TiledMatrix outputs = matrix(3, batch);
        IntArray labels = open.keep(IntArray.allocate(outputs.tiles() * (long) outputs.tileLanes(), "labels"));
        for (int sample = 0; sample < batch; sample++) {
            outputs.set(0, sample, 5);
            outputs.set(1, sample, 5 - sample);
            outputs.set(2, sample, 5 - 0.7f * sample);
            labels.set(sample, sample % 3);
        }
        for (SparseKernels kernels : List.of(VECTOR, SCALAR)) {
            float[] deltas = losses(kernels.batches(), outputs, labels, batch)[4];
            assertThat(deltas).contains(0);
            for (float delta : deltas) {
                assertThat(delta == 0 || Math.abs(delta) > 1e8f * Float.MIN_NORMAL).as("%s", delta).isTrue();
            }
        }
    }

    private float[][] losses(BatchKernels kernels, TiledMatrix outputs, IntArray labels, int batch) {
        int lanes = outputs.tiles() * WIDE;
        IntArray best = open.keep(IntArray.allocate(lanes, "best"));
        FloatArray rests = floats(lanes);
        FloatArray gaps = floats(lanes);
        FloatArray squares = floats(lanes);
        TiledMatrix entropyDelta = matrix(outputs.neurons(), batch);
        TiledMatrix errorDelta = matrix(outputs.neurons(), batch);
        for (int tile = 0; tile < outputs.tiles(); tile++) {
            kernels.argmax(outputs, tile, best);
            kernels.crossEntropy(outputs, tile, labels, best, batch, entropyDelta, 0.3f, rests, gaps);
            kernels.squaredError(outputs, tile, labels, batch, errorDelta, 0.3f, squares);
        }
        float[] classes = new float[lanes];
        for (int s = 0; s < lanes; s++) {
            classes[s] = best.get(s);
        }
        return new float[][]{classes, rests.toArray(), gaps.toArray(), squares.toArray(),
                entropyDelta.values().toArray(), errorDelta.values().toArray()};
    }

    /** Numbers of all magnitudes, some equal, infinite or none. */
    private TiledMatrix wideMatrix(int neurons, int batch) {
        TiledMatrix matrix = matrix(neurons, batch);
        for (long i = 0; i < matrix.values().length(); i++) {
            float value = matrix.values().get(i);
            matrix.values().set(i, switch (random.nextInt(40)) {
                case 0 -> Float.POSITIVE_INFINITY;
                case 1 -> Float.NEGATIVE_INFINITY;
                case 2 -> Float.NaN;
                case 3, 4 -> 1;
                case 5, 6 -> -0f;
                default -> value * (float) Math.scalb(1.0, random.nextInt(-30, 12));
            });
        }
        return matrix;
    }

    private TiledMatrix copy(TiledMatrix matrix) {
        TiledMatrix copy = open.keep(new TiledMatrix(matrix.neurons(), matrix.tiles() * WIDE, WIDE, "copy"));
        copy.values().copyFrom(matrix.values());
        return copy;
    }

    /** Sparse, with one empty and one full row where there is room. */
    private LayerTopology topology(int inputs, int outputs) {
        int[][] rows = new int[outputs][];
        try (LayerTopology sparse = ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(0.3), 5)) {
            for (int j = 0; j < outputs; j++) {
                int start = (int) sparse.rowStart(j);
                rows[j] = java.util.stream.IntStream.range(0, sparse.fanIn(j)).map(i -> sparse.source(start + i))
                        .toArray();
            }
        }
        if (outputs > 2) {
            rows[1] = new int[0];
            rows[2] = java.util.stream.IntStream.range(0, inputs).toArray();
        }
        return open.keep(LayerTopology.of(inputs, rows));
    }

    private TiledMatrix matrix(int neurons, int batch) {
        return matrix(neurons, batch, WIDE);
    }

    private TiledMatrix matrix(int neurons, int batch, int lanes) {
        TiledMatrix matrix = open.keep(new TiledMatrix(neurons, batch, lanes, "test"));
        fill(matrix.values());
        return matrix;
    }

    private FloatArray floats(long length) {
        FloatArray array = open.floats(length);
        fill(array);
        return array;
    }

    private FloatArray copy(FloatArray source) {
        FloatArray array = floats(source.length());
        array.copyFrom(source);
        return array;
    }

    private void fill(FloatArray array) {
        for (long i = 0; i < array.length(); i++) {
            array.set(i, (float) (random.nextDouble() * 2 - 1));
        }
    }

    private static void assertClose(FloatArray actual, FloatArray expected) {
        for (long i = 0; i < expected.length(); i++) {
            float want = expected.get(i);
            assertThat(actual.get(i)).as("element %d", i).isCloseTo(want,
                    org.assertj.core.data.Offset.offset(1e-5f * Math.max(1, Math.abs(want))));
        }
    }
}
