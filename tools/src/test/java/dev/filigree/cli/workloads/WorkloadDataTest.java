package dev.filigree.cli.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.SearchPlaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadDataTest {
    @TempDir
    Path nothing;

    @Test
    void missingFashionMnistIsReplacedByItsShapeAndSaysSo() throws Exception {
        DatasetCatalogue nowhere = new DatasetCatalogue(new SearchPlaces(null, nothing, nothing));
        try (WorkloadData data = WorkloadData.load(DataShape.FASHION_MNIST, nowhere, 50)) {
            assertThat(data.description()).isEqualTo("synthetic (fashion-mnist is missing)");
            assertThat(data.training().dimensions()).isEqualTo(784);
            assertThat(data.training().count()).isEqualTo(50);
            assertThat(data.test().count()).isEqualTo(50);
        }
    }

    @Test
    void trainingFeaturesAreStandardized() throws Exception {
        try (WorkloadData data = WorkloadData.load(DataShape.CIFAR, new DatasetCatalogue(), 100)) {
            double sum = 0;
            double squares = 0;
            for (int s = 0; s < 100; s++) {
                float value = data.trainingSet().value(s, 7);
                sum += value;
                squares += value * value;
            }
            assertThat(sum / 100).isBetween(-1e-3, 1e-3);
            assertThat(squares / 100).isBetween(0.999, 1.001);
        }
    }
}
