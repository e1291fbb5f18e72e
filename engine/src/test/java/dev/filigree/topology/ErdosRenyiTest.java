package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.memory.OffHeapMemory;
import dev.filigree.random.ChiSquare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErdosRenyiTest {
    @ParameterizedTest
    @CsvSource({"500,300,0.1", "500,300,0.9", "500,300,0.001", "1,1000,0.5", "1000,1,0.5", "2000,2000,0.0314"})
    void numberOfConnectionsIsWhatTheDensityPredicts(int inputs, int outputs, double density) {
        for (long seed = 0; seed < 5; seed++) {
            try (LayerTopology topology = ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), seed)) {
                double cells = (double) inputs * outputs;
                double sigma = Math.sqrt(cells * density * (1 - density));
                assertThat((double) topology.connections()).isCloseTo(cells * density, within(5 * sigma + 1));
            }
        }
    }

    @Test
    void everyPlaceIsEquallyLikely() {
        long[] rows = new long[40];
        long[] columns = new long[30];
        long[] places = new long[1200];
        for (long seed = 0; seed < 1000; seed++) {
            try (LayerTopology topology = ErdosRenyi.generate(30, 40, new Sparsity.Density(0.1), seed)) {
                for (int j = 0; j < 40; j++) {
                    for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                        rows[j]++;
                        columns[topology.source(k)]++;
                        places[j * 30 + topology.source(k)]++;
                    }
                }
            }
        }
        assertThat(ChiSquare.excess(rows)).isLessThan(5);
        assertThat(ChiSquare.excess(columns)).isLessThan(5);
        assertThat(ChiSquare.excess(places)).isLessThan(5);
    }

    @Test
    void densityOneIsComplete() {
        try (LayerTopology generated = ErdosRenyi.generate(17, 9, new Sparsity.Density(1), 3);
                LayerTopology complete = ErdosRenyi.complete(17, 9)) {
            assertThat(complete.connections()).isEqualTo(153);
            assertThat(generated.sameConnections(complete)).isTrue();
        }
    }

    @Test
    void tinyDensitiesMayLeaveNothing() {
        try (LayerTopology topology = ErdosRenyi.generate(10, 10, new Sparsity.Density(Double.MIN_VALUE), 1)) {
            assertThat(topology.connections()).isZero();
        }
    }

    /** 10^12 places: anything proportional to them would take hours and terabytes. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void timeAndMemoryAreProportionalToTheConnections() {
        int million = 1_000_000;
        long before = OffHeapMemory.bytesInUse();
        try (LayerTopology topology = ErdosRenyi.generate(million, million, new Sparsity.Epsilon(0.5), 1)) {
            assertThat((double) topology.connections()).isCloseTo(1e6, within(5e3));
            assertThat(OffHeapMemory.bytesInUse() - before)
                    .isEqualTo(8 * (million + 1L) + 4 * topology.connections());
        }
    }

    @Test
    void oneSeedGivesOneTopology() {
        Sparsity density = new Sparsity.Density(0.3);
        try (LayerTopology first = ErdosRenyi.generate(50, 60, density, 1);
                LayerTopology again = ErdosRenyi.generate(50, 60, density, 1);
                LayerTopology other = ErdosRenyi.generate(50, 60, density, 2)) {
            assertThat(again.sameConnections(first)).isTrue();
            assertThat(other.sameConnections(first)).isFalse();
        }
    }

    @Test
    void emptyShapesAreRefusedAndLeaveNoMemoryBehind() {
        long before = OffHeapMemory.bytesInUse();
        assertThatThrownBy(() -> ErdosRenyi.generate(0, 5, new Sparsity.Density(0.5), 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 inputs");
        assertThatThrownBy(() -> ErdosRenyi.generate(5, 0, new Sparsity.Epsilon(3), 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 outputs");
        assertThat(OffHeapMemory.bytesInUse()).isEqualTo(before);
    }

    @Test
    void epsilonGivesTheDensityOfThePaperUpToOne() {
        // 20 · (784 + 1000) / (784 · 1000)
        assertThat(new Sparsity.Epsilon(20).density(784, 1000)).isCloseTo(0.0455102, within(1e-7));
        assertThat(new Sparsity.Epsilon(20).density(10, 10)).isEqualTo(1);
        assertThat(new Sparsity.Epsilon(1).density(1_000_000, 1_000_000)).isCloseTo(2e-6, within(1e-12));
        assertThat(new Sparsity.Density(0.25).density(3, 4)).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void epsilonsAndDensitiesOutOfRangeAreRefused(double value) {
        assertThatThrownBy(() -> new Sparsity.Epsilon(value)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epsilon is " + value);
        assertThatThrownBy(() -> new Sparsity.Density(value)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("density is " + value);
    }
}
