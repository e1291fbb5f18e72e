package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErdosRenyiKernelTest {
    private static final int[] LENET = {784, 300, 100, 10};

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 0.999, 1})
    void allLayersTogetherHaveTheDensityAskedFor(double density) {
        double[] densities = ErdosRenyiKernel.densities(LENET, density);
        double connections = densities[0] * 784 * 300 + densities[1] * 300 * 100 + densities[2] * 100 * 10;
        assertThat(connections / (784 * 300 + 300 * 100 + 100 * 10)).isCloseTo(density, within(1e-12));
        assertThat(Arrays.stream(densities)).allMatch(d -> d > 0 && d <= 1);
    }

    @Test
    void smallDensitiesFollowTheShapes() {
        double[] densities = ErdosRenyiKernel.densities(LENET, 0.01);
        // 2662 connections over sums of widths of 1084 + 400 + 110.
        assertThat(densities[0]).isCloseTo(2662.0 / 1594 * 1084 / (784 * 300), within(1e-12));
        assertThat(densities[2]).isCloseTo(2662.0 / 1594 * 110 / 1000, within(1e-12));
    }

    @Test
    void aLayerThatIsFullLeavesTheRestToTheOthers() {
        double[] densities = ErdosRenyiKernel.densities(LENET, 0.1);
        assertThat(densities[2]).isEqualTo(1);
        // 26620 connections without the 1000 of the last layer over sums of widths of 1084 + 400.
        assertThat(densities[0]).isCloseTo(25620.0 / 1484 * 1084 / (784 * 300), within(1e-12));
        assertThat(densities[1]).isCloseTo(25620.0 / 1484 * 400 / (300 * 100), within(1e-12));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> ErdosRenyiKernel.densities(LENET, 0)).hasMessageContaining("density is 0.0");
        assertThatThrownBy(() -> ErdosRenyiKernel.densities(new int[]{5}, 0.5)).hasMessageContaining("[5]");
        assertThatThrownBy(() -> ErdosRenyiKernel.densities(new int[]{5, 0}, 0.5)).hasMessageContaining("[5, 0]");
    }
}
