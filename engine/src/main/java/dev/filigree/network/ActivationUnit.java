package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A layer's activation at work: the passes over a batch that the products do not fold in, and what it learns.
 *
 * <p>Ranges of rows are half-open; workers may do disjoint ranges at the same time.
 */
abstract sealed class ActivationUnit permits FixedUnit, SReluUnit {
    /** A unit for so many neurons, its arrays owned by the group. */
    static ActivationUnit of(Activation activation, int neurons, ArrayGroup arrays, SparseKernels kernels) {
        return activation.kind() == Activation.Kind.SRELU
                ? new SReluUnit(neurons, arrays, kernels)
                : new FixedUnit(activation, kernels);
    }

    /** Whether it takes passes of its own, {@link #apply} and {@link #differentiate}. */
    abstract boolean hasPass();

    /**
     * Computes activations.
     *
     * @param z pre-activations; {@code y} itself where they are not kept
     */
    abstract void apply(TiledMatrix z, TiledMatrix y, int tile, int fromRow, int toRow);

    /**
     * Multiplies deltas of all tiles by the derivative, in place, and computes the gradient of the parameters.
     *
     * @param z pre-activations; null where they are not kept
     * @param y the activations
     * @param outputScale what the activations were multiplied with after the function (by dropout)
     */
    abstract void differentiate(TiledMatrix delta, @Nullable TiledMatrix z, TiledMatrix y, int fromRow, int toRow,
            float outputScale);

    /** The activations of one sample, in place of its pre-activations; of each the same bits as in a batch. */
    abstract void apply(FloatArray z);

    /** The same function as it is now, with memory of its own. */
    abstract ActivationUnit copy(ArrayGroup arrays);

    /** What it learns, as many numbers for every neuron; null for nothing. */
    @Nullable
    FloatArray parameters() {
        return null;
    }

    /** The gradient of the parameters, from the last {@link #differentiate}. */
    @Nullable
    FloatArray gradient() {
        return null;
    }

    /** The training state of the parameters; null for nothing. */
    @Nullable
    Moments moments() {
        return null;
    }

    /** Copies of the parameters and their moments, which belong to a group; null for nothing. */
    @Nullable
    LearnedValues copyState(ArrayGroup copies) {
        return null;
    }

    /** Takes over parameters and their moments, copied. */
    void restore(LearnedValues state) {
        throw new IllegalStateException("nothing is learned");
    }

    /** Draws the parameters that learning begins with. */
    void initialize(SplittableRandom random) {
        // Nothing is learned.
    }

    /** As {@link Layer#keepSecondMoments}. */
    void keepSecondMoments(boolean kept) {
        // Nothing is learned.
    }

    /** Moves the parameters of some neurons along their gradient. */
    void update(int fromRow, int toRow, UpdateStep step) {
        // Nothing is learned.
    }
}
