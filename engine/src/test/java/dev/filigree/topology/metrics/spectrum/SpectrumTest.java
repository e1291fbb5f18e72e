package dev.filigree.topology.metrics.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.topology.metrics.MetricFixtures;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrumTest {
    @Test
    void valuesAreNumPys() throws Exception {
        try (LayerTopology layer = MetricFixtures.layer()) {
            Spectrum spectrum = Spectrum.of(layer);
            assertThat(spectrum.largest()).isCloseTo(MetricFixtures.expected("largest"), within(1e-5));
            assertThat(spectrum.second()).isCloseTo(MetricFixtures.expected("second"), within(1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({"30,20", "20,30", "1,9", "9,1", "1,1"})
    void completeLayersHaveOneValue(int inputs, int outputs) {
        try (LayerTopology layer = ErdosRenyi.complete(inputs, outputs)) {
            Spectrum spectrum = Spectrum.of(layer);
            assertThat(spectrum.largest()).isCloseTo(Math.sqrt((double) inputs * outputs), within(1e-9));
            assertThat(spectrum.second()).isCloseTo(0, within(1e-6));
            assertThat(spectrum.bound()).isCloseTo(Math.sqrt(inputs - 1.0) + Math.sqrt(outputs - 1.0), within(1e-12));
            assertThat(spectrum.differenceOfBound()).isCloseTo(spectrum.bound(), within(1e-6));
        }
    }

    @Test
    void aMatchingHasOneValueManyTimes() {
        try (LayerTopology layer = LayerTopology.of(50,
                IntStream.range(0, 50).mapToObj(j -> new int[]{j}).toArray(int[][]::new))) {
            Spectrum spectrum = Spectrum.of(layer);
            assertThat(spectrum.largest()).isCloseTo(1, within(1e-9));
            assertThat(spectrum.second()).isCloseTo(1, within(1e-9));
            assertThat(spectrum.gap()).isCloseTo(0, within(1e-9));
            assertThat(spectrum.bound()).isZero();
        }
    }

    /** The cycle of 2n neurons: singular values 2 |cos(πk / n)|, all but the largest twice. */
    @Test
    void aCycleHasTheValuesOfCosines() {
        int n = 51;
        try (LayerTopology layer = LayerTopology.of(n, IntStream.range(0, n)
                .mapToObj(j -> j + 1 < n ? new int[]{j, j + 1} : new int[]{0, n - 1}).toArray(int[][]::new))) {
            Spectrum spectrum = Spectrum.of(layer);
            assertThat(spectrum.largest()).isCloseTo(2, within(1e-9));
            assertThat(spectrum.second()).isCloseTo(2 * Math.cos(Math.PI / n), within(1e-5));
            assertThat(spectrum.bound()).isEqualTo(2);
        }
    }

    /** The largest value is that of mean neighbours' connections; the others end at the sum of the roots of the means. */
    @Test
    void randomLayersAreAboutRamanujan() {
        try (LayerTopology layer = ErdosRenyi.generate(1000, 500, new Sparsity.Density(0.05), 1)) {
            Spectrum spectrum = Spectrum.of(layer);
            assertThat(spectrum.largest()).isCloseTo(Math.sqrt(26 * 51), within(1.0));
            assertThat(spectrum.second()).isCloseTo(Math.sqrt(25) + Math.sqrt(50), within(0.4));
        }
    }

    @Test
    void twoEqualPartsHaveNoGap() {
        int[][] rows = new int[20][];
        for (int j = 0; j < 20; j++) {
            rows[j] = IntStream.range(j < 10 ? 0 : 10, j < 10 ? 10 : 20).toArray();
        }
        try (LayerTopology layer = LayerTopology.of(20, rows)) {
            assertThat(Spectrum.of(layer).second()).isCloseTo(10, within(1e-9));
        }
    }

    @Test
    void withoutConnectionsAllIsZero() {
        try (LayerTopology layer = LayerTopology.of(3, new int[]{}, new int[]{})) {
            assertThat(Spectrum.of(layer)).isEqualTo(new Spectrum(0, 0, 0));
        }
    }
}
