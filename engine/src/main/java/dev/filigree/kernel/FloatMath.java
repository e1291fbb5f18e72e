package dev.filigree.kernel;

/**
 * Elementary functions in single precision, made of additions, multiplications and divisions alone: the vector
 * kernels take the same steps with the same constants, so every provider, vector width and compiler gives the
 * same bits. Relative errors stay below 10<sup>-6</sup>; NaN stays NaN.
 */
public final class FloatMath {
    /** Below this, {@link #expOfNegative} is 0: its value would not be a normal number. */
    public static final float EXP_LOWEST = -87;

    /**
     * Softmax is 0 for a class whose output is farther below the largest one than this. Its e<sup>-60</sup> is lost in the
     * rounding of any loss or weight, but what weights make of it in the layers below would not be normal numbers, with which
     * processors multiply a hundred times slower.
     */
    public static final float SOFTMAX_LOWEST = -60;

    /** 1 / ln 2. */
    public static final float LOG2_E = 1.442695f;

    /** Added to a number and taken away again, this rounds it to an integer; in between, its low bits hold that one. */
    public static final float ROUNDING = 0x1.8p23f;

    /** ln 2 is the sum of this, of which multiples are exact, and {@link #LN2_LOW}. */
    public static final float LN2_HIGH = 0x1.63p-1f;

    /** See {@link #LN2_HIGH}. */
    public static final float LN2_LOW = -2.1219444e-4f;

    /** The bits of 1: an exponent of 0. */
    public static final int ONE_BITS = 0x3F80_0000;

    // exp(r) = 1 + r + r²·(E2 + r·(E3 + …)) for |r| ≤ ln 2 / 2: the polynomial of expf in Moshier's Cephes library.
    /** Coefficients of the exponential function. */
    public static final float E2 = 0.5f, E3 = 1.6666666e-1f, E4 = 4.1665796e-2f,
            E5 = 8.333452e-3f, E6 = 1.3981999e-3f, E7 = 1.9875691e-4f;

    /** Magnitude from which on the hyperbolic tangent is computed from the exponential function. */
    public static final float TANH_LARGE = 0.625f;

    // tanh(x) = x + x·s·(T3 + s·(T5 + …)) for s = x² and small |x|: the polynomial of Cephes' tanhf.
    /** Coefficients of the hyperbolic tangent, by the power of {@code x}. */
    public static final float T3 = -0.3333328f, T5 = 0.13331443f, T7 = -0.053739715f, T9 = 0.020639088f,
            T11 = -0.0057049887f;

    private FloatMath() {}

    /**
     * The exponential function.
     *
     * @param x 0 or less, or NaN
     */
    public static float expOfNegative(float x) {
        if (x < EXP_LOWEST) {
            return 0;
        }
        float rounded = Math.fma(x, LOG2_E, ROUNDING);
        float n = rounded - ROUNDING;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(E7, r, E6), r, E5), r, E4), r, E3), r, E2);
        float power = Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + ONE_BITS);
        return (Math.fma(p, r * r, r) + 1) * power;
    }

    /**
     * A term of softmax.
     *
     * @param x how far a class's output is below the largest one: 0 or less, or NaN
     */
    public static float softmaxTerm(float x) {
        return x < SOFTMAX_LOWEST ? 0 : expOfNegative(x);
    }

    /** Hyperbolic tangent. */
    public static float tanh(float x) {
        float magnitude = Math.abs(x);
        if (magnitude < TANH_LARGE) {
            float s = x * x;
            float p = Math.fma(Math.fma(Math.fma(Math.fma(T11, s, T9), s, T7), s, T5), s, T3);
            return Math.fma(p * s, x, x);
        }
        float e = expOfNegative(-2 * magnitude);
        float large = 1 - 2 * e / (1 + e);
        return x < 0 ? -large : large;
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public static float sigmoid(float x) {
        float e = expOfNegative(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }
}
