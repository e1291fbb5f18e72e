package dev.filigree.network;

import dev.filigree.kernel.SRelu;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@link SRelu} with its parameters. They move like weights, but never decay: decay would draw the slopes to 0, which
 * is no simpler function (neither does the reference implementation regularize them).
 */
final class SReluUnit extends ActivationUnit {
    private static final int PER_NEURON = SRelu.PARAMETERS;

    private final SparseKernels kernels;
    private final FloatArray parameters;
    private final FloatArray gradient;
    private final Moments moments;

    /** All parameters 0. */
    SReluUnit(int neurons, ArrayGroup arrays, SparseKernels kernels) {
        long count = (long) PER_NEURON * neurons;
        this.kernels = kernels;
        this.parameters = arrays.floats(count, "activation parameters");
        this.gradient = arrays.floats(count, "activation gradient");
        this.moments = Moments.withoutDecay(arrays, count, "activation velocity");
    }

    @Override
    boolean hasPass() {
        return true;
    }

    @Override
    void apply(TiledMatrix z, TiledMatrix y, int tile, int fromRow, int toRow) {
        kernels.batches().srelu(z, y, tile, parameters, fromRow, toRow);
    }

    @Override
    void differentiate(TiledMatrix delta, @Nullable TiledMatrix z, TiledMatrix y, int fromRow, int toRow,
            float outputScale) {
        kernels.batches().sreluBackward(delta, Objects.requireNonNull(z), parameters, gradient, fromRow, toRow);
    }

    @Override
    void apply(FloatArray z) {
        for (long i = 0; i < z.length(); i++) {
            long p = PER_NEURON * i;
            z.set(i, SRelu.at(z.get(i), parameters.get(p), parameters.get(p + 1), parameters.get(p + 2),
                    parameters.get(p + 3)));
        }
    }

    @Override
    ActivationUnit copy(ArrayGroup arrays) {
        SReluUnit copy = new SReluUnit((int) (parameters.length() / PER_NEURON), arrays, kernels);
        copy.parameters.copyFrom(parameters);
        return copy;
    }

    @Override
    FloatArray parameters() {
        return parameters;
    }

    @Override
    Moments moments() {
        return moments;
    }

    @Override
    LearnedValues copyState(ArrayGroup copies) {
        return moments.copyWith(parameters, copies);
    }

    @Override
    void restore(LearnedValues state) {
        parameters.copyFrom(state.values());
        moments.copyFrom(state);
    }

    @Override
    FloatArray gradient() {
        return gradient;
    }

    /**
     * As keras-contrib, with which sparse evolutionary training was published: a left threshold of 0 with a slope
     * drawn from [0, 1), and a right threshold drawn from [0, 5) with slope 1, so a leaky ReLU at first.
     */
    @Override
    void initialize(SplittableRandom random) {
        for (long p = 0; p < parameters.length(); p += PER_NEURON) {
            parameters.set(p, 0);
            parameters.set(p + 1, (float) random.nextDouble());
            parameters.set(p + 2, (float) (5 * random.nextDouble()));
            parameters.set(p + 3, 1);
        }
    }

    @Override
    void keepSecondMoments(boolean kept) {
        moments.keepSecond(kept);
    }

    @Override
    void update(int fromRow, int toRow, UpdateStep step) {
        moments.move(kernels, parameters, gradient, 0, (long) PER_NEURON * fromRow, (long) PER_NEURON * toRow, step);
    }
}
