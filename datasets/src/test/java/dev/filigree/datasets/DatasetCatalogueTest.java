package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.OffHeapMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCatalogueTest {
    @TempDir
    Path root;
    private Path explicit = Path.of("");
    private Path environment = Path.of("");
    private Path cache = Path.of("");
    private Path system = Path.of("");
    private DatasetCatalogue catalogue = new DatasetCatalogue();

    @BeforeEach
    void makeEmptyPlaces() throws IOException {
        explicit = Files.createDirectories(root.resolve("explicit"));
        environment = Files.createDirectories(root.resolve("environment"));
        cache = Files.createDirectories(root.resolve("home/.cache/filigree"));
        system = Files.createDirectories(root.resolve("system"));
        catalogue = new DatasetCatalogue(SearchPlaces.of(Map.of("FILIGREE_DATA", environment.toString()),
                root.resolve("home"), system));
    }

    @Test
    void placesAreSearchedInOrder() throws IOException {
        assertThat(catalogue.locate("fashion-mnist", null).isBundledSample()).isTrue();
        for (Path place : new Path[]{system, cache, environment}) {
            IdxTestFiles.writeSet(place, 0);
            assertThat(catalogue.locate("fashion-mnist", null).directory()).isEqualTo(place);
            IdxTestFiles.writeSet(place.resolve("fashion-mnist"), 0);
            assertThat(catalogue.locate("fashion-mnist", null).directory()).isEqualTo(place.resolve("fashion-mnist"));
        }
    }

    @Test
    void dataDirectoryComesBeforeAllOthers() throws IOException {
        IdxTestFiles.writeSet(environment, 0);
        IdxTestFiles.writeSet(explicit, 0);
        assertThat(catalogue.locate("fashion-mnist", explicit).sentence()).isEqualTo("fashion-mnist from " + explicit);
    }

    @Test
    void dataDirectoryMayHoldANamedFolder() throws IOException {
        IdxTestFiles.writeSet(explicit.resolve("mnist"), 0);
        assertThat(catalogue.locate("mnist", explicit).directory()).isEqualTo(explicit.resolve("mnist"));
    }

    @Test
    void dataDirectoryWithoutTheFilesIsAnError() {
        IdxTestFiles.writeSet(environment, 0);
        assertThatThrownBy(() -> catalogue.locate("fashion-mnist", explicit)).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        "found no fashion-mnist in %s, %s, expected the IDX files train-images-idx3-ubyte"
                                .formatted(explicit.resolve("fashion-mnist"), explicit))
                .hasMessageContaining("correct the data directory or leave it out")
                .hasMessageContaining("sudo apt install dataset-fashion-mnist");
    }

    @Test
    void dataDirectoryThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> catalogue.locate("fashion-mnist", root.resolve("nowhere")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("the data directory %s is not a folder".formatted(root.resolve("nowhere")));
    }

    @Test
    void environmentVariableThatNamesNoFolderIsAnError() {
        DatasetCatalogue other = new DatasetCatalogue(new SearchPlaces(root.resolve("nowhere"), cache, system));
        assertThatThrownBy(() -> other.locate("fashion-mnist", null)).isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("FILIGREE_DATA %s is not a folder".formatted(root.resolve("nowhere")));
    }

    @Test
    void emptyEnvironmentVariableCountsAsNotSet() {
        assertThat(SearchPlaces.of(Map.of("FILIGREE_DATA", ""), root, system).environment()).isNull();
    }

    @Test
    void incompleteFolderIsAnErrorAndNotSkipped() throws IOException {
        IdxTestFiles.writeSet(cache, 0);
        Files.delete(cache.resolve("t10k-labels-idx1-ubyte"));
        assertThatThrownBy(() -> catalogue.locate("fashion-mnist", null)).isInstanceOf(DatasetException.class)
                .hasMessage(cache + ": found only 3 of the 4 IDX files of a data set: add t10k-labels-idx1-ubyte[.gz]");
    }

    @Test
    void bundledSampleSaysHowToGetTheFullSet() throws IOException {
        assertThat(catalogue.locate("fashion-mnist", null).sentence()).contains("bundled sample")
                .contains("sudo apt install dataset-fashion-mnist").contains(cache.resolve("fashion-mnist").toString());
    }

    @Test
    void sampleCanBeAskedForByName() throws IOException {
        IdxTestFiles.writeSet(environment, 0);
        assertThat(catalogue.locate("fashion-mnist-sample", null).isBundledSample()).isTrue();
    }

    @Test
    void sampleIsNotInADataDirectory() {
        assertThatThrownBy(() -> catalogue.locate("fashion-mnist-sample", explicit))
                .isInstanceOf(DatasetException.class).hasMessageContaining("leave out the data directory");
    }

    @Test
    void mnistDirectlyInASharedFolderIsNotTaken() {
        IdxTestFiles.writeSet(system, 0);
        assertThatThrownBy(() -> catalogue.locate("mnist", null)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("found no mnist").hasMessageContaining("tools/bin/fetch-mnist");
    }

    @Test
    void unknownNameListsTheKnown() {
        assertThatThrownBy(() -> catalogue.locate("fashion", null)).isInstanceOf(DatasetException.class).hasMessage(
                "unknown data set 'fashion', expected one of: fashion-mnist, fashion-mnist-sample, mnist");
    }

    @Test
    void dottedAndGzippedNamesAreFound() throws IOException {
        IdxTestFiles.write(explicit, "train-images.idx3-ubyte", IdxTestFiles.images(20, 0));
        IdxTestFiles.write(explicit, "train-labels.idx1-ubyte.gz", IdxTestFiles.gzip(IdxTestFiles.labels(20, 10)));
        IdxTestFiles.write(explicit, "t10k-images-idx3-ubyte.gz", IdxTestFiles.gzip(IdxTestFiles.images(10, 0)));
        IdxTestFiles.write(explicit, "t10k-labels-idx1-ubyte", IdxTestFiles.labels(10, 10));
        try (DataSplits splits = catalogue.load("mnist", explicit, ValidationSplit.none())) {
            assertThat(splits.training().samples()).isEqualTo(20);
            assertThat(splits.test().samples()).isEqualTo(10);
        }
    }

    @Test
    void validationSamplesAreCutFromTheTrainingSetInOrder() throws IOException {
        IdxTestFiles.writeSet(explicit, 0);
        try (DataSplits splits = catalogue.load("mnist", explicit, ValidationSplit.fraction(0.5, 1))) {
            Dataset validation = Objects.requireNonNull(splits.validation());
            assertThat(validation.name()).isEqualTo("mnist validation");
            assertThat(validation.samplesPerClass()).containsOnly(1);
            // The first pixel of image s is 10 * s and its label is s % 10.
            for (Dataset part : new Dataset[]{splits.training(), validation}) {
                assertThat(part.samples()).isEqualTo(10);
                for (int s = 0; s < 10; s++) {
                    assertThat(part.value(s, 0) / 10 % 10).isEqualTo(part.label(s));
                    assertThat(s == 0 || part.value(s - 1, 0) < part.value(s, 0)).isTrue();
                }
            }
        }
    }

    @Test
    void checksumCoversTheUncompressedFilesInTheirOrder() throws Exception {
        IdxTestFiles.writeSet(explicit, 5);
        IdxTestFiles.write(explicit.resolve("mnist"), "train-images-idx3-ubyte.gz",
                IdxTestFiles.gzip(IdxTestFiles.images(20, 5)));
        for (String name : IdxFileSet.NAMES.subList(1, 4)) {
            Files.copy(explicit.resolve(name), explicit.resolve("mnist").resolve(name));
        }
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        for (int file : new int[]{1, 0, 3, 2}) {
            expected.update(Files.readAllBytes(explicit.resolve(IdxFileSet.NAMES.get(file))));
        }
        try (DataSplits splits = catalogue.load("mnist", explicit, ValidationSplit.count(5, 1))) {
            assertThat(splits.sha256()).isEqualTo(HexFormat.of().formatHex(expected.digest()));
        }
    }

    @Test
    void testImagesOfAnotherSizeAreRefused() {
        IdxTestFiles.writeSet(explicit, 0);
        byte[] images = Arrays.copyOf(IdxTestFiles.images(10, 0), 16 + 10 * 2);
        images[15] = 1;
        IdxTestFiles.write(explicit, "t10k-images-idx3-ubyte", images);
        assertLoadFails("found images of 2 pixels, expected 6 as in " + explicit);
    }

    @Test
    void nothingLeaksWhenTheLastFileFails() {
        IdxTestFiles.writeSet(explicit, 0);
        IdxTestFiles.write(explicit, "t10k-images-idx3-ubyte",
                IdxTestFiles.gzip(Arrays.copyOf(IdxTestFiles.images(10, 0), 50)));
        assertLoadFails("t10k-images-idx3-ubyte: ends after 50 bytes");
    }

    @Test
    void nothingLeaksWhenTheValidationPartIsImpossible() {
        IdxTestFiles.writeSet(explicit, 0);
        assertThatThrownBy(() -> catalogue.load("mnist", explicit, ValidationSplit.count(20, 1)))
                .isInstanceOf(DatasetException.class).hasMessageContaining("validation would take 20 of the 20");
        assertNothingOpen();
    }

    @Test
    void closingTheSplitsFreesEverything() throws IOException {
        IdxTestFiles.writeSet(explicit, 0);
        catalogue.load("mnist", explicit, ValidationSplit.count(5, 1)).close();
        assertNothingOpen();
    }

    private void assertLoadFails(String message) {
        assertThatThrownBy(() -> catalogue.load("mnist", explicit, ValidationSplit.count(5, 1)))
                .isInstanceOf(DatasetException.class).hasMessageContaining(message);
        assertNothingOpen();
    }

    /** The labels of the arrays contain the path of their file, so other tests do not disturb this. */
    private void assertNothingOpen() {
        assertThat(OffHeapMemory.leakReport()).noneMatch(line -> line.contains(root.toString()));
    }
}
