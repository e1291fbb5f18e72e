package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SReluTest {
    /** The definition of Jin et al., equation 4, by hand: thresholds -1 and 2, slopes 0.25 and 3. */
    @ParameterizedTest
    @CsvSource({"-3,-1.5", "-1,-1", "-0.5,-0.5", "0,0", "1.5,1.5", "2,2", "3,5"})
    void isTheIdentityBetweenTheThresholdsAndALineBeyondEach(float z, float expected) {
        assertThat(SRelu.at(z, -1, 0.25f, 3, 3)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(floats = {-4, -1, -0.999f, 0, 1.999f, 2, 2.001f, 7})
    void theSignOfTheDistanceDoesNotMatter(float z) {
        assertThat(SRelu.at(z, -1, 0.25f, -3, 3)).isEqualTo(SRelu.at(z, -1, 0.25f, 3, 3));
    }

    @Test
    void hasNoJumpsEvenWhereTheThresholdsMeet() {
        for (float z : new float[]{Math.nextDown(0.5f), 0.5f, Math.nextUp(0.5f)}) {
            assertThat(SRelu.at(z, 0.5f, -2, 0, 4)).isCloseTo(0.5f, within(1e-6f));
        }
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(SRelu.at(Float.NaN, 0, 0.2f, 1, 1)).isNaN();
    }
}
