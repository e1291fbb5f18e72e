package dev.filigree.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.bench.BreakEven.Relation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
    private static final double[] DENSITIES = {0.001, 0.01, 0.1, 0.5, 1};

    @Test
    void powerLawIsFoundExactly() {
        // A straight line in the logarithms: as fast as dense at 0.3.
        double[] speedUps = Arrays.stream(DENSITIES).map(density -> Math.pow(0.3 / density, 0.8)).toArray();
        BreakEven found = BreakEven.between(DENSITIES, speedUps);
        assertThat(found.relation()).isEqualTo(Relation.AT);
        assertThat(found.density()).isCloseTo(0.3, within(1e-12));
        assertThat(found).hasToString("30 %");
    }

    @Test
    void overheadBendsTheCurveOnlyWithinItsInterval() {
        // Time 0.05 + 2·density against 1: even at 0.475.
        double[] speedUps = Arrays.stream(DENSITIES).map(density -> 1 / (0.05 + 2 * density)).toArray();
        assertThat(BreakEven.between(DENSITIES, speedUps).density()).isCloseTo(0.475, within(0.005));
    }

    @Test
    void measuredPointAtTheBreakEvenIsIt() {
        assertThat(BreakEven.between(DENSITIES, new double[]{8, 4, 1, 0.5, 0.25}).density())
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void neverCrossedIsAboveTheLastPoint() {
        assertThat(BreakEven.between(DENSITIES, new double[]{9, 8, 7, 6, 5})).hasToString("above 100 %");
        assertThat(BreakEven.between(new double[]{0.01, 0.2}, new double[]{9, 2})).hasToString("above 20 %");
    }

    @Test
    void alwaysSlowerIsBelowTheFirstPoint() {
        assertThat(BreakEven.between(DENSITIES, new double[]{0.9, 0.8, 0.7, 0.6, 0.5})).hasToString("below 0.10 %");
    }

    @Test
    void layersAboveTheBreakEvenAreToBeDense() {
        assertThat(new BreakEven(BreakEven.Relation.AT, 0.4).denseAbove()).isEqualTo(0.4);
        assertThat(new BreakEven(BreakEven.Relation.ABOVE, 0.8).denseAbove()).isEqualTo(1);
        assertThat(new BreakEven(BreakEven.Relation.BELOW, 0.1).denseAbove()).isZero();
    }

    @Test
    void firstOfSeveralCrossingsCounts() {
        assertThat(BreakEven.between(DENSITIES, new double[]{4, 0.25, 4, 0.25, 0.1}).density())
                .isCloseTo(Math.sqrt(0.001 * 0.01), within(1e-12));
    }

    @Test
    void pointsWithoutATimeArePassedOver() {
        assertThat(BreakEven.between(DENSITIES, new double[]{Double.NaN, -3, 4, 0.5, 0.25}).density()).isBetween(0.1,
                0.5);
    }
}
