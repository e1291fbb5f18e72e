package dev.filigree.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.SearchPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReportTest {
    @TempDir
    Path directory;

    @Test
    void missingSetsSayWhereTheyWereSearched() {
        DataReport report = report(directory.resolve("cache"));
        assertThat(report.sets()).extracting(DataReport.Entry::name)
                .containsExactlyElementsOf(DatasetCatalogue.names());
        assertThat(entry(report, "mnist").problem()).contains(directory.resolve("cache/mnist").toString());
        assertThat(entry(report, "mnist").searched()).hasSize(2);
        assertThat(entry(report, "fashion-mnist").bundledSample()).isTrue();
        assertThat(entry(report, "fashion-mnist").sentence()).contains("the bundled sample, for it is not in",
                directory.resolve("cache/fashion-mnist").toString());
        assertThat(entry(report, "fashion-mnist-sample").sentence())
                .isEqualTo("fashion-mnist-sample: comes with Filigree");
    }

    @Test
    void installedSetsSayWhere() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("cache/mnist"));
        for (String file : new String[]{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte"}) {
            Files.createFile(folder.resolve(file));
        }
        DataReport.Entry mnist = entry(report(directory.resolve("cache")), "mnist");
        assertThat(mnist.directory()).isEqualTo(folder.toString());
        assertThat(mnist.sentence()).isEqualTo("mnist: " + folder);
    }

    private DataReport report(Path cache) {
        return DataReport.of(new DatasetCatalogue(new SearchPlaces(null, cache, directory.resolve("system"))));
    }

    private static DataReport.Entry entry(DataReport report, String name) {
        return report.sets().stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
    }
}
