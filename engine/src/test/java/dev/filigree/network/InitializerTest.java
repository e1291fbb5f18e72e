package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
    private static final int DRAWS = 200_000;
    private static final int INPUTS = 300;
    private static final int OUTPUTS = 200;
    private static final long CONNECTIONS = 6_000;

    /** Limits by hand: fan-in 300 and fan-out 200 when dense; 6000/200 = 30 and 6000/300 = 20 by topology. */
    @ParameterizedTest
    @CsvSource({"HE_UNIFORM,DENSE,0.141421", "HE_UNIFORM,TOPOLOGY,0.447214", "XAVIER,DENSE,0.109545",
            "XAVIER,TOPOLOGY,0.346410"})
    void uniformFillsItsRange(Distribution distribution, Fan fan, double limit) {
        double[] moments = moments(new Initializer(distribution, fan), INPUTS, OUTPUTS, CONNECTIONS);
        assertThat(moments[2]).isBetween(0.999 * limit, 1.0001 * limit);
        assertThat(moments[0]).isCloseTo(0, within(5 * limit / Math.sqrt(3.0 * DRAWS)));
        assertThat(moments[1]).isCloseTo(limit * limit / 3, within(0.02 * limit * limit / 3));
    }

    @ParameterizedTest
    @CsvSource({"DENSE,0.0066667", "TOPOLOGY,0.0666667"})
    void normalHasItsVariance(Fan fan, double variance) {
        double[] moments = moments(new Initializer(Distribution.NORMAL, fan), INPUTS, OUTPUTS, CONNECTIONS);
        assertThat(moments[0]).isCloseTo(0, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(moments[1]).isCloseTo(variance, within(0.03 * variance));
        // A normal variable reaches past three standard deviations, a uniform one of that variance does not.
        assertThat(moments[2]).isGreaterThan(3 * Math.sqrt(variance));
    }

    /** With next to no connections a mean fan below 1 would make the weights explode. */
    @Test
    void fanByTopologyIsNeverBelowOne() {
        double[] moments = moments(new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY), 100, 100, 0);
        assertThat(moments[2]).isLessThanOrEqualTo(Math.sqrt(6) * 1.0001);
    }

    /** Mean, variance and largest magnitude of many draws. */
    private static double[] moments(Initializer initializer, int inputs, int outputs, long connections) {
        Initializer.Draw draw = initializer.draw(inputs, outputs, connections);
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < DRAWS; i++) {
            double w = draw.next(random);
            sum += w;
            squares += w * w;
            largest = Math.max(largest, Math.abs(w));
        }
        return new double[]{sum / DRAWS, squares / DRAWS - sum / DRAWS * sum / DRAWS, largest};
    }
}
