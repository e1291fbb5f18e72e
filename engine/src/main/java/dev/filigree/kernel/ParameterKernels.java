package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkRange;

import dev.filigree.memory.FloatArray;

/**
 * What moves parameters along their gradients, whatever they are parameters of. Checks every call's shapes once, then
 * hands it to the provider; nothing is allocated.
 */
public final class ParameterKernels {
    private final Kernels kernels;

    ParameterKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /** {@code sum += values} for a range. */
    public void add(FloatArray sum, FloatArray values, long from, long to) {
        checkRange(from, to, Math.min(sum.length(), values.length()));
        Operands.requireApart(sum, values);
        kernels.add(sum.address(), values.address(), from, to);
    }

    /**
     * One step of stochastic gradient descent for a range of parameters; see {@link Kernels#momentum}.
     *
     * @param weights parameters
     * @param velocity their momentum state
     * @param gradient their gradients
     * @param gradientStart to which parameter the first of {@code gradient} belongs
     * @param decay decoupled weight decay: the fraction of each weight lost per step
     * @return whether all parameters of the range are finite now
     */
    public boolean momentum(FloatArray weights, FloatArray velocity, FloatArray gradient, long gradientStart, long from,
            long to, float rate, float momentum, float l2, float decay, boolean nesterov) {
        checkStep(weights, velocity, gradient, gradientStart, from, to);
        return kernels.momentum(weights.address(), velocity.address(), gradient.address() - Float.BYTES * gradientStart,
                from, to, rate, momentum, l2, decay, nesterov);
    }

    /**
     * One step of Adam for a range of parameters; see {@link Kernels#adam}.
     *
     * @param weights parameters
     * @param moment their first moments
     * @param secondMoment their second moments, 0 or more
     * @param gradient their gradients
     * @param gradientStart to which parameter the first of {@code gradient} belongs
     * @param rate learning rate, over the bias correction of the first moment
     * @param share of the gradient in the new first moment
     * @param secondShare of its square in the new second moment
     * @param rootScale one over the root of the second moment's bias correction
     * @param epsilon above 0
     * @param decay decoupled weight decay: the fraction of each weight lost per step
     * @return whether all parameters and second moments of the range are finite now
     */
    public boolean adam(FloatArray weights, FloatArray moment, FloatArray secondMoment, FloatArray gradient,
            long gradientStart, long from, long to, float rate, float share, float secondShare, float rootScale,
            float epsilon, float l2, float decay) {
        checkStep(weights, moment, gradient, gradientStart, from, to);
        checkLength(secondMoment, weights.length());
        Operands.requireApart(weights, secondMoment);
        Operands.requireApart(moment, secondMoment);
        Operands.requireApart(secondMoment, gradient);
        return kernels.adam(weights.address(), moment.address(), secondMoment.address(),
                gradient.address() - Float.BYTES * gradientStart, from, to, rate, share, secondShare, rootScale,
                epsilon, l2, decay);
    }

    /**
     * Limits values of a range to those from {@code -limit} to {@code limit}, in place.
     *
     * @return whether all were finite before
     */
    public boolean clamp(FloatArray values, long from, long to, float limit) {
        checkRange(from, to, values.length());
        return kernels.clamp(values.address(), from, to, limit);
    }

    /** {@code values *= factor} for a range. */
    public void scale(FloatArray values, long from, long to, float factor) {
        checkRange(from, to, values.length());
        kernels.scale(values.address(), from, to, factor);
    }

    private static void checkStep(FloatArray weights, FloatArray moment, FloatArray gradient, long gradientStart,
            long from, long to) {
        checkLength(moment, weights.length());
        checkRange(from, to, weights.length());
        checkRange(from - gradientStart, to - gradientStart, gradient.length());
        Operands.requireApart(weights, moment);
        Operands.requireApart(weights, gradient);
        Operands.requireApart(moment, gradient);
    }
}
