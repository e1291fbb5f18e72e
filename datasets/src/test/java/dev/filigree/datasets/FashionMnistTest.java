package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    private static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");

    @TempDir
    Path nothing;

    @Test
    void bundledSampleIsBalanced() throws IOException {
        try (DataSplits sample = sample()) {
            assertThat(sample.training().features()).isEqualTo(784);
            assertThat(sample.training().samplesPerClass()).hasSize(10).containsOnly(1000);
            assertThat(sample.test().samplesPerClass()).hasSize(10).containsOnly(200);
        }
    }

    @Test
    void bundledSampleHasTheChecksumOfItsScript() throws IOException {
        try (DataSplits sample = sample()) {
            assertThat(sample.sha256()).isEqualTo("d5950779a20a0ed85cfcb98e12c28fb353b8cf06f0fcce0ac96e984134caa294");
        }
    }

    @Test
    void bundledSampleCarriesItsLicense() throws IOException {
        try (InputStream license = Dataset.class.getResourceAsStream("fashion-mnist-sample/LICENSE.txt")) {
            assertThat(license).isNotNull();
            assertThat(new String(license.readAllBytes(), StandardCharsets.UTF_8)).contains("MIT License")
                    .contains("2017 Zalando SE");
        }
    }

    @Test
    void standardizedSampleHasMeanZeroAndDeviationOne() throws IOException {
        try (DataSplits sample = sample()) {
            sample.standardize();
            Standardizer again = Standardizer.fit(sample.training());
            assertThat(DoubleStream.of(again.means()).boxed())
                    .allSatisfy(mean -> assertThat(mean).isBetween(-1e-6, 1e-6));
            assertThat(DoubleStream.of(again.deviations()).boxed()).allSatisfy(deviation -> assertThat(deviation == 0
                    || Math.abs(deviation - 1) < 1e-6).isTrue());
        }
    }

    @Test
    void fullSetHasItsPublishedSizes() throws IOException {
        assumeTrue(Files.isDirectory(INSTALLED), "needs the package dataset-fashion-mnist in " + INSTALLED);
        try (DataSplits full = catalogue().load("fashion-mnist", INSTALLED, ValidationSplit.none())) {
            assertThat(full.training().features()).isEqualTo(784);
            assertThat(full.training().samplesPerClass()).hasSize(10).containsOnly(6000);
            assertThat(full.test().samplesPerClass()).hasSize(10).containsOnly(1000);
            assertThat(full.training().label(0)).isEqualTo(9);
        }
    }

    @Test
    void fullSetIsNotTakenForMnist() {
        assumeTrue(Files.isDirectory(INSTALLED), "needs the package dataset-fashion-mnist in " + INSTALLED);
        assertThatThrownBy(() -> catalogue().load("mnist", INSTALLED, ValidationSplit.none()))
                .isInstanceOf(DatasetException.class).hasMessage("%s: found the files of fashion-mnist, expected those"
                        .formatted(INSTALLED) + " of mnist: ask for fashion-mnist or give another data directory");
    }

    private DataSplits sample() throws IOException {
        return catalogue().load("fashion-mnist", null, ValidationSplit.none());
    }

    private DatasetCatalogue catalogue() {
        return new DatasetCatalogue(new SearchPlaces(null, nothing, nothing));
    }
}
