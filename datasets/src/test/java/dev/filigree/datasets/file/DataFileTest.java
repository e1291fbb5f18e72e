package dev.filigree.datasets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.datasets.DatasetException;
import dev.filigree.datasets.ValidationSplit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the samples of a file become training, validation and test parts. */
class DataFileTest {
    @TempDir
    Path folder;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Feature 0 counts the samples; of three labels, -1 is as frequent as the two others together. */
    private static String hundredSamples() {
        return IntStream.range(0, 100)
                .mapToObj(s -> "%d,%d,%d\n".formatted(s, s % 7, s % 2 == 0 ? -1 : s % 4 == 1 ? 3 : 20))
                .collect(Collectors.joining());
    }

    private static DataSplits load(Path file, @Nullable Path test, ValidationSplit validation, long seed)
            throws IOException {
        return new DataFile(file, test, 0.2, null).load(validation, seed);
    }

    private static float[] firstFeature(Dataset data) {
        float[] values = new float[data.samples()];
        for (int s = 0; s < values.length; s++) {
            values[s] = data.value(s, 0);
        }
        return values;
    }

    @Test
    void everyClassGivesItsShareToTheTest() throws IOException {
        try (DataSplits splits = load(write("a.csv", hundredSamples()), null, ValidationSplit.none(), 1)) {
            assertThat(splits.training().samplesPerClass()).containsExactly(40, 20, 20);
            assertThat(splits.test().samplesPerClass()).containsExactly(10, 5, 5);
        }
    }

    @Test
    void partsHoldEverySampleOnce() throws IOException {
        try (DataSplits splits = load(write("a.csv", hundredSamples()), null, ValidationSplit.fraction(0.25, 2), 1)) {
            Dataset validation = Objects.requireNonNull(splits.validation());
            assertThat(validation.samples()).isEqualTo(20);
            assertThat(Stream.of(splits.training(), validation, splits.test())
                    .flatMapToInt(part -> IntStream.range(0, part.samples()).map(s -> (int) part.value(s, 0))).sorted())
                    .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void sameSeedChoosesTheSameTestSamplesAndAnotherSeedOthers() throws IOException {
        Path file = write("a.csv", hundredSamples());
        try (DataSplits first = load(file, null, ValidationSplit.none(), 1);
                DataSplits same = load(file, null, ValidationSplit.fraction(0.1, 3), 1);
                DataSplits other = load(file, null, ValidationSplit.none(), 2)) {
            assertThat(firstFeature(same.test())).isEqualTo(firstFeature(first.test()));
            assertThat(firstFeature(other.test())).isNotEqualTo(firstFeature(first.test()));
        }
    }

    @Test
    void integerLabelsAreOrderedByValueAndTextsByLetters() throws IOException {
        Path numbers = write("n.csv", "1,10\n2,9\n3,-1\n4,+9\n5,10.0\n6,-1\n");
        Path texts = write("t.csv", "1,10\n2,b\n3,9\n4,b\n5,10\n6,9\n");
        try (DataSplits ofNumbers = load(numbers, numbers, ValidationSplit.none(), 1);
                DataSplits ofTexts = load(texts, texts, ValidationSplit.none(), 1)) {
            assertThat(ofNumbers.training().labels().toArray()).containsExactly(2, 1, 0, 1, 2, 0);
            assertThat(ofNumbers.source().sentence()).contains("labels -1, 9, 10 are the classes 0 to 2");
            assertThat(ofTexts.training().labels().toArray()).containsExactly(0, 2, 1, 2, 0, 1);
        }
    }

    @Test
    void testFileMustKnowNoOtherLabels() throws IOException {
        Path file = write("a.csv", "1,a\n2,b\n3,a\n4,b\n");
        Path other = write("b.csv", "1,a\n2,c\n3,a\n4,c\n");
        assertThatThrownBy(() -> load(file, other, ValidationSplit.none(), 1)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("b.csv: the label of sample 1 is 'c', expected one of the training file's: a, b");
    }

    @Test
    void testFileMustHaveTheSameFeaturesUnlessZerosAreLeftOut() throws IOException {
        Path dense = write("a.csv", "1,0\n2,1\n3,0\n4,1\n");
        Path wider = write("b.csv", "1,1,0\n2,2,1\n");
        Path sparse = write("a.svm", "0 1:1\n1 2:5\n0 1:2\n1 2:2\n");
        Path sparser = write("b.svm", "0 4:1\n1 3:1\n");
        assertThatThrownBy(() -> load(dense, wider, ValidationSplit.none(), 1))
                .hasMessageContaining("b.csv: found 2 features, expected 1 as in");
        try (DataSplits splits = load(sparse, sparser, ValidationSplit.none(), 1)) {
            assertThat(splits.training().features()).isEqualTo(4);
            assertThat(splits.training().value(1, 1)).isEqualTo(5);
            assertThat(splits.test().value(0, 3)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "-inf", "Infinity"})
    void aLabelThatIsNoValueIsNoClass(String label) {
        assertThatThrownBy(() -> load(write("a.csv", "1,0\n2,1\n3,0\n4,%s\n".formatted(label)), null,
                ValidationSplit.none(), 1)).hasMessageContaining("sample 3 has '%s' for a label".formatted(label));
    }

    @Test
    void labelsThatAreAllDifferentAreNoClasses() throws IOException {
        assertThatThrownBy(
                () -> load(write("a.csv", "1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n"), null, ValidationSplit.none(), 1))
                .hasMessageContaining("6 different labels in 6 samples")
                .hasMessageContaining("which column is the label");
        assertThatThrownBy(() -> load(write("b.csv", "1,1\n2,1\n"), null, ValidationSplit.none(), 1))
                .hasMessageContaining("1 different labels");
    }

    @Test
    void gzipIsRecognizedByContent() throws IOException {
        Path file = folder.resolve("packed.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(hundredSamples().getBytes(StandardCharsets.UTF_8));
        }
        try (DataSplits splits = load(file, null, ValidationSplit.none(), 1)) {
            assertThat(splits.training().samples()).isEqualTo(80);
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> load(file, null, ValidationSplit.none(), 1)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("packed.csv: the gzip data ends too early");
    }

    @Test
    void missingFilesAndUnknownEndingsAreNamed() {
        assertThatThrownBy(() -> load(folder.resolve("no.npz"), null, ValidationSplit.none(), 1))
                .isInstanceOf(DatasetException.class).hasMessageContaining("no.npz: there is no such file");
        assertThatThrownBy(() -> load(folder.resolve("a.xlsx"), null, ValidationSplit.none(), 1))
                .hasMessageContaining(".npz, .csv, .libsvm, .svm or .txt");
    }

    @Test
    void checksumChangesWithEitherFile() throws IOException {
        Path file = write("a.csv", hundredSamples());
        Path test = write("b.csv", hundredSamples());
        try (DataSplits splits = load(file, test, ValidationSplit.none(), 1);
                DataSplits same = load(file, test, ValidationSplit.none(), 2)) {
            Files.writeString(test, hundredSamples() + "5,5,3\n");
            try (DataSplits changed = load(file, test, ValidationSplit.none(), 1)) {
                assertThat(same.sha256()).isEqualTo(splits.sha256()).hasSize(64);
                assertThat(changed.sha256()).isNotEqualTo(splits.sha256());
            }
        }
    }

    @Test
    void constantFeatureIsZeroAfterScaling() throws IOException {
        try (DataSplits splits = load(write("a.csv", "7,1,a\n7,2,b\n7,3,a\n7,4,b\n7,5,a\n"), null,
                ValidationSplit.none(), 1)) {
            splits.standardize();
            assertThat(firstFeature(splits.training())).containsOnly(0f);
            assertThat(firstFeature(splits.test())).containsOnly(0f);
        }
    }

    @Test
    void selectedFeaturesHaveTheOrderOfTheList() throws IOException {
        Path list = write("list", "2\n\n0\n");
        try (DataSplits splits = load(write("a.csv", "1,2,3,a\n4,5,6,b\n1,2,3,a\n4,5,6,b\n"), null,
                ValidationSplit.fraction(0.34, 1), 1);
                DataSplits selected = splits
                        .select(FeatureFile.read(list).stream().mapToInt(Integer::intValue).toArray())) {
            for (int s = 0; s < selected.training().samples(); s++) {
                assertThat(selected.training().value(s, 0)).isEqualTo(splits.training().value(s, 2));
                assertThat(selected.training().value(s, 1)).isEqualTo(splits.training().value(s, 0));
            }
            assertThat(selected.test().features()).isEqualTo(2);
            assertThatThrownBy(() -> splits.select(new int[]{3})).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("has no feature 3, expected 0 to 2");
        }
    }
}
