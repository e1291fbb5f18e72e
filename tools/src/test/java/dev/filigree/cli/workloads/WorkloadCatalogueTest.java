package dev.filigree.cli.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadCatalogueTest {
    @Test
    void everythingIsSelectedUnlessNamesAreGiven() {
        assertThat(names(List.of(), false)).containsExactly("W1", "W2", "W3:1", "W3:0.5", "W3:0.2", "W3:0.1",
                "W3:0.05", "W3:0.01", "W3:0.005", "W3:0.001", "W4", "W5");
    }

    @Test
    void oneDenseNetworkGoesBeforeAllVariantsOfItsShape() {
        assertThat(names(List.of("W3:0.1", "W3:0.01"), true)).containsExactly("W3:dense", "W3:0.1", "W3:0.01");
    }

    @Test
    void denseNetworksThatAreTooLargeAreLeftOut() {
        assertThat(names(List.of("W4", "W5"), true)).containsExactly("W4", "W5");
    }

    @Test
    void millionNeuronsMeanAMillion() {
        Workload workload = WorkloadCatalogue.named("W5");
        assertThat(workload.network().hidden().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(1_000_000);
    }

    @Test
    void unknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> WorkloadCatalogue.named("W9")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no workload 'W9', expected one of W1, W2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0.1, 0.001})
    void epsilonGivesTheOverallDensity(double density) {
        double epsilon = OverallDensity.epsilon(density, 3072, 1024, 512, 10);
        assertThat(OverallDensity.density(epsilon, 3072, 1024, 512, 10)).isCloseTo(density, within(1e-9));
    }

    private static List<String> names(List<String> only, boolean dense) {
        return WorkloadCatalogue.select(only, dense).stream().map(Workload::name).toList();
    }
}
