package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer keeps of the past gradients of some parameters, in their order: one moment for SGD, its velocity,
 * and two for Adam. All are 0 at first.
 */
final class Moments {
    private final ArrayGroup arrays;
    private final boolean decay;
    private FloatArray first;
    private @Nullable FloatArray second;

    /** Null unless they are kept. */
    private @Nullable FloatArray gradients;

    /** Whether all that moved since {@link #takeFinite} is finite. Workers only ever clear it. */
    private boolean finite = true;

    /** First moments of so many parameters, owned by the group. */
    Moments(ArrayGroup arrays, long parameters, String label) {
        this(arrays, parameters, label, true);
    }

    private Moments(ArrayGroup arrays, long parameters, String label, boolean decay) {
        this.arrays = arrays;
        this.decay = decay;
        this.first = arrays.floats(parameters, label);
    }

    /** As the constructor, of parameters that a step's weight decay spares. */
    static Moments withoutDecay(ArrayGroup arrays, long parameters, String label) {
        return new Moments(arrays, parameters, label, false);
    }

    /** SGD's velocity or Adam's first moment. */
    FloatArray first() {
        return first;
    }

    /** Null unless they are kept. */
    @Nullable
    FloatArray second() {
        return second;
    }

    /** Whether to keep second moments; when that changes all start at 0, as one optimizer's mean nothing to another. */
    void keepSecond(boolean kept) {
        FloatArray old = second;
        if (kept == (old != null)) {
            return;
        }
        first.clear();
        if (old == null) {
            second = arrays.floats(first.length(), "second moment of " + first.label());
        } else {
            second = null;
            arrays.free(old);
        }
    }

    /** Whether to keep the gradients of a {@link GradientKeeping} step. */
    void keepGradients(boolean kept) {
        FloatArray old = gradients;
        if (kept && old == null) {
            gradients = arrays.floats(first.length(), "gradients of " + first.label());
        } else if (!kept && old != null) {
            gradients = null;
            arrays.free(old);
        }
    }

    /** The gradients that are kept. */
    FloatArray gradients() {
        return Objects.requireNonNull(gradients, "no gradients are kept");
    }

    /** Whether all parameters that moved since the last call are finite, and so was what moved them. */
    boolean takeFinite() {
        boolean was = finite;
        finite = true;
        return was;
    }

    /** A copy of those of as many parameters, in the same order; the second ones are kept if these have any. */
    void copyFrom(LearnedValues state) {
        FloatArray otherSecond = state.secondMoment();
        keepSecond(otherSecond != null);
        first.copyFrom(state.firstMoment());
        if (second != null && otherSecond != null) {
            second.copyFrom(otherSecond);
        }
    }

    /** Copies of parameters and their moments, which belong to a group. */
    LearnedValues copyWith(FloatArray parameters, ArrayGroup copies) {
        FloatArray own = second;
        return new LearnedValues(copies.add(parameters::copy), copies.add(first::copy),
                own == null ? null : copies.add(own::copy));
    }

    /** Takes those of other parameters, as many and of the same kinds. */
    void replace(FloatArray newFirst, @Nullable FloatArray newSecond) {
        boolean keeps = gradients != null;
        keepGradients(false);
        arrays.free(first);
        first = arrays.add(() -> newFirst);
        if (second != null && newSecond != null) {
            arrays.free(second);
            second = arrays.add(() -> newSecond);
        }
        keepGradients(keeps);
    }

    /**
     * Moves a range of the parameters.
     *
     * @param gradient of the parameters from {@code gradientStart} on
     */
    void move(SparseKernels kernels, FloatArray parameters, FloatArray gradient, long gradientStart, long from,
            long to, UpdateStep step) {
        if (step instanceof UpdateStep.Sgd sgd) {
            note(kernels.parameters().momentum(parameters, first, gradient, gradientStart, from, to, sgd.rate(),
                    sgd.momentum(), decay ? sgd.l2() : 0, decay ? sgd.decay() : 0, sgd.nesterov()));
        } else if (step instanceof UpdateStep.Adam adam && second != null) {
            note(kernels.parameters().adam(parameters, first, second, gradient, gradientStart, from, to, adam.rate(),
                    adam.share(), adam.secondShare(), adam.rootScale(), adam.epsilon(), decay ? adam.l2() : 0,
                    decay ? adam.decay() : 0));
        } else if (step instanceof GradientKeeping) {
            gradients().copyFrom(gradient, from - gradientStart, from, to - from);
        } else if (step instanceof UpdateStep.ClippedByValue clipped) {
            note(kernels.parameters().clamp(gradient, from - gradientStart, to - gradientStart, clipped.limit()));
            move(kernels, parameters, gradient, gradientStart, from, to, clipped.step());
        } else {
            throw new IllegalStateException("no second moments are kept for " + step);
        }
    }

    private void note(boolean allFinite) {
        // Written only where it changes: of several workers none undoes what another one has seen.
        if (!allFinite) {
            finite = false;
        }
    }
}
