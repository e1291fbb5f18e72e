package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The approximations against the JDK's functions in double precision, all over the floats. */
class FloatMathTest {
    private static final double TOLERANCE = 1e-6;

    /** A prime number of steps through the bit patterns: some hundred thousand floats of either sign. */
    private static final int STRIDE = 9973;

    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void exponential() {
        check(FloatMath::expOfNegative, Math::exp, 0, -87);
        assertThat(FloatMath.expOfNegative(-0f)).isEqualTo(1);
        assertThat(FloatMath.expOfNegative(-88)).isZero();
        assertThat(FloatMath.expOfNegative(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.expOfNegative(Float.NaN)).isNaN();
    }

    @Test
    void hyperbolicTangent() {
        check(FloatMath::tanh, Math::tanh, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    }

    @Test
    void logisticFunction() {
        check(FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), Float.POSITIVE_INFINITY, -87);
        assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
    }

    /** A derivative computed from these must not turn negative. */
    @Test
    void valuesStayInTheirRange() {
        for (float x = -40; x < 40; x += 0.001f) {
            assertThat(Math.abs(FloatMath.tanh(x))).isLessThanOrEqualTo(1);
            assertThat(FloatMath.sigmoid(x)).isBetween(0f, 1f);
        }
    }

    private static void check(FloatFunction actual, DoubleUnaryOperator expected, float largest, float smallest) {
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            if (x <= largest && x >= smallest) {
                double want = expected.applyAsDouble(x);
                // Below the normal floats there are fewer digits.
                double error = Math.abs(actual.apply(x) - want) / Math.max(Math.abs(want), Float.MIN_NORMAL);
                if (!(error <= worst)) {
                    worst = error;
                    at = x;
                }
            }
        }
        assertThat(worst).as("largest relative error, at %s", at).isLessThan(TOLERANCE);
    }
}
