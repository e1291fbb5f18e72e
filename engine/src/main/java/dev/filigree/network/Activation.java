package dev.filigree.network;

import dev.filigree.kernel.SRelu;
import java.util.Locale;

/**
 * The activation function of one layer.
 *
 * @param kind its form
 * @param slope factor of negative pre-activations for {@link Kind#PIECEWISE_LINEAR}: 0 is ReLU, 1 is linear
 */
public record Activation(Kind kind, float slope) {
    /** Forms of activation functions. */
    public enum Kind {
        /** {@code z > 0 ? z : slope·z}. */
        PIECEWISE_LINEAR,
        /** Hyperbolic tangent. */
        TANH,
        /** {@code 1 / (1 + exp(-z))}. */
        SIGMOID,
        /** {@link SRelu}, with parameters that are learned for every neuron. */
        SRELU
    }

    /** {@code max(z, 0)}. */
    public static final Activation RELU = new Activation(Kind.PIECEWISE_LINEAR, 0);

    /** The identity. */
    public static final Activation LINEAR = new Activation(Kind.PIECEWISE_LINEAR, 1);

    /** Hyperbolic tangent. */
    public static final Activation TANH = new Activation(Kind.TANH, 1);

    /** Logistic function. */
    public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 1);

    /**
     * S-shaped rectified linear units, whose four parameters per neuron are learned; see {@link SRelu}. Beside 12 bytes
     * per parameter (16 with Adam), the pre-activations of the batch are kept for the backward pass, 4 bytes per neuron
     * and sample.
     */
    public static final Activation SRELU = new Activation(Kind.SRELU, 1);

    /** Checks the slope. */
    public Activation {
        if (!Float.isFinite(slope)) {
            throw new IllegalArgumentException("slope is %s, expected a finite number".formatted(slope));
        }
    }

    /** {@code z > 0 ? z : slope·z}. */
    public static Activation leakyRelu(float slope) {
        return new Activation(Kind.PIECEWISE_LINEAR, slope);
    }

    /**
     * Alternated left ReLU: a leaky ReLU whose slope alternates its sign by layer, negative in the first (Curci,
     * Mocanu and Pechenizkiy, Truly Sparse Neural Networks at Scale, arXiv 2102.01732, equation 3).
     *
     * @param alpha magnitude of the slope
     * @param layer 0 for the first hidden layer
     */
    public static Activation allRelu(float alpha, int layer) {
        return new Activation(Kind.PIECEWISE_LINEAR, layer % 2 == 0 ? -alpha : alpha);
    }

    /** Whether the derivative needs the pre-activations, because the activation does not tell where they lie. */
    boolean needsPreActivation() {
        return kind == Kind.SRELU || (kind == Kind.PIECEWISE_LINEAR && slope < 0);
    }

    /** The slope the kernels fold into their sweeps; other functions take a linear sweep and a pass of their own. */
    float kernelSlope() {
        return kind == Kind.PIECEWISE_LINEAR ? slope : 1;
    }

    boolean isSmooth() {
        return kind == Kind.TANH || kind == Kind.SIGMOID;
    }

    @Override
    public String toString() {
        if (kind != Kind.PIECEWISE_LINEAR) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
        return slope == 0 ? "relu" : slope == 1 ? "linear" : "leaky-relu(" + slope + ")";
    }
}
