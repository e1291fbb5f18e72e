package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.OffHeapMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
    @TempDir
    Path folder;

    /** The labels of the arrays contain the path of their file, so other tests do not disturb this. */
    @AfterEach
    void nothingLeaked() {
        assertThat(OffHeapMemory.leakReport()).noneMatch(line -> line.contains(folder.toString()));
    }

    @Test
    void readsRawFiles() throws IOException {
        try (Dataset data = read(IdxTestFiles.images(3, 0), IdxTestFiles.labels(3, 2), 2)) {
            assertThat(data.samples()).isEqualTo(3);
            assertThat(data.features()).isEqualTo(6);
            assertThat(data.values().toArray()).containsExactly(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 20, 21, 22,
                    23, 24, 25);
            assertThat(data.labels().toArray()).containsExactly(0, 1, 0);
        }
    }

    @Test
    void readsGzippedFilesWhateverTheirNames() throws IOException {
        byte[] images = IdxTestFiles.gzip(IdxTestFiles.images(3, 7));
        try (Dataset data = read(images, IdxTestFiles.gzip(IdxTestFiles.labels(3, 2)), 2)) {
            assertThat(data.value(2, 5)).isEqualTo(32f);
        }
    }

    @Test
    void pixelsAreUnsigned() throws IOException {
        try (Dataset data = read(IdxTestFiles.images(1, 250), IdxTestFiles.labels(1, 1), 1)) {
            assertThat(data.values().toArray()).containsExactly(250, 251, 252, 253, 254, 255);
        }
    }

    @Test
    void readsMoreSamplesThanOneChunkHolds() throws IOException {
        int samples = 70_001;
        try (Dataset data = read(IdxTestFiles.images(samples, 0), IdxTestFiles.labels(samples, 10), 10)) {
            for (int s = 0; s < samples; s++) {
                assertThat(data.value(s, 5)).isEqualTo((10 * s + 5) % 256);
                assertThat(data.label(s)).isEqualTo(s % 10);
            }
        }
    }

    @Test
    void missingFile() {
        Path labels = IdxTestFiles.write(folder, "labels", IdxTestFiles.labels(1, 1));
        assertThatThrownBy(() -> IdxReader.read("test", folder.resolve("nowhere"), labels, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder.resolve("nowhere") + ": found no such file, expected an IDX file: check the path");
    }

    @Test
    void folderInsteadOfFile() {
        Path labels = IdxTestFiles.write(folder, "labels", IdxTestFiles.labels(1, 1));
        assertThatThrownBy(() -> IdxReader.read("test", folder, labels, 1)).isInstanceOf(DatasetException.class)
                .hasMessage(folder + ": found a folder, expected an IDX file: check the path");
    }

    @Test
    void pipeIsRefusedInsteadOfWaitedFor(@TempDir Path place) throws IOException, InterruptedException {
        Path pipe = place.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> IdxReader.read("test", pipe, pipe, 10)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("pipe: found a pipe or a device");
    }

    @Test
    void gzipThatCouldHoldTheImagesButDoesNotIsRefusedBeforeAllocation() {
        byte[] header = ByteBuffer.allocate(1_500_000).putInt(0x801).putInt(1_600_000).array();
        assertFails(IdxTestFiles.images(1, 0), IdxTestFiles.gzip(header), "too few for the 1600008 that its header");
    }

    @Test
    void truncatedRawImages() {
        byte[] images = Arrays.copyOf(IdxTestFiles.images(3, 0), 33);
        assertFails(images, IdxTestFiles.labels(3, 2), folder.resolve("images")
                + ": found 33 stored bytes, too few for the 34 that its header describes: "
                + "the file is damaged or incomplete, get it again");
    }

    @Test
    void truncatedHeader() {
        assertFails(Arrays.copyOf(IdxTestFiles.images(3, 0), 14), IdxTestFiles.labels(3, 2),
                "images: ends after 14 bytes, expected 16 or more");
    }

    @Test
    void emptyFile() {
        assertFails(new byte[0], IdxTestFiles.labels(3, 2), "images: ends after 0 bytes, expected 4 or more");
    }

    @Test
    void truncatedInsideGzip() {
        byte[] images = IdxTestFiles.gzip(Arrays.copyOf(IdxTestFiles.images(300, 0), 1000));
        assertFails(images, IdxTestFiles.labels(300, 2), "images: ends after 1000 bytes, expected 1816 or more");
    }

    @Test
    void truncatedGzip() {
        byte[] images = IdxTestFiles.gzip(IdxTestFiles.images(300, 0));
        assertFails(Arrays.copyOf(images, images.length / 2), IdxTestFiles.labels(300, 2),
                "images: the gzip data ends too early: the file is damaged or incomplete, get it again");
    }

    @Test
    void truncatedGzipTrailer() {
        byte[] images = IdxTestFiles.gzip(IdxTestFiles.images(3, 0));
        assertFails(Arrays.copyOf(images, images.length - 4), IdxTestFiles.labels(3, 2),
                "images: the gzip data ends too early");
    }

    @Test
    void damagedGzipFailsItsCrc() {
        byte[] images = IdxTestFiles.gzip(IdxTestFiles.images(3, 0));
        images[images.length - 8] ^= 1;
        assertFails(images, IdxTestFiles.labels(3, 2), "images: the gzip data is wrong (");
    }

    @Test
    void labelsGivenAsImages() {
        assertFails(IdxTestFiles.labels(9, 2), IdxTestFiles.labels(9, 2),
                "images: found magic number 0x00000801, expected 0x00000803 (IDX images)");
    }

    @Test
    void imagesGivenAsLabels() {
        assertFails(IdxTestFiles.images(3, 0), IdxTestFiles.images(3, 0),
                "labels: found magic number 0x00000803, expected 0x00000801 (IDX labels)");
    }

    @Test
    void differentCounts() {
        assertFails(IdxTestFiles.images(3, 0), IdxTestFiles.labels(4, 2), "%s: found 3 images, expected 4, the number "
                .formatted(folder.resolve("images")) + "of labels in " + folder.resolve("labels"));
    }

    @Test
    void bytesAfterTheImages() {
        byte[] images = IdxTestFiles.images(3, 0);
        assertFails(Arrays.copyOf(images, images.length + 1), IdxTestFiles.labels(3, 2),
                "images: goes on after the 34 bytes that its header describes, expected its end");
    }

    @Test
    void bytesAfterTheLabelsInsideGzip() {
        byte[] labels = IdxTestFiles.gzip(Arrays.copyOf(IdxTestFiles.labels(3, 2), 12));
        assertFails(IdxTestFiles.images(3, 0), labels, "labels: goes on after the 11 bytes");
    }

    @Test
    void labelOutOfRange() {
        byte[] labels = IdxTestFiles.labels(3, 2);
        labels[8 + 2] = (byte) 200;
        assertFails(IdxTestFiles.images(3, 0), labels, "labels: label of sample 2 is 200, expected 0 to 1");
    }

    @Test
    void noSamples() {
        assertFails(IdxTestFiles.images(0, 0), IdxTestFiles.labels(0, 2), "labels: found 0 samples, expected 1 to");
    }

    @Test
    void imagesWithoutPixels() {
        byte[] images = ByteBuffer.allocate(16).putInt(0x803).putInt(3).putInt(28).putInt(0).array();
        assertFails(images, IdxTestFiles.labels(3, 2), "images: found 0 columns, expected 1 to");
    }

    @Test
    void absurdGzipHeaderIsRefusedBeforeAllocation() {
        byte[] images = ByteBuffer.allocate(16).putInt(0x803).putInt(3).putInt(0x7fff).putInt(0x7fff).array();
        assertFails(IdxTestFiles.gzip(images), IdxTestFiles.labels(3, 2), "too few for the 3221028883 that its header");
    }

    @Test
    void sizesThatOverflowAreRefused() {
        byte[] images = ByteBuffer.allocate(16).putInt(0x803).putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE)
                .putInt(Integer.MAX_VALUE).array();
        assertFails(images, IdxTestFiles.labels(3, 2), "images: its header describes more than 2^63 bytes");
    }

    @Test
    void failingFilesAreClosed() throws IOException {
        assertFails(Arrays.copyOf(IdxTestFiles.images(3, 0), 33), IdxTestFiles.labels(3, 2), "too few");
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(descriptors.filter(Files::isSymbolicLink).map(IdxReaderTest::target))
                    .noneMatch(target -> target.startsWith(folder.toString()));
        } catch (NoSuchFileException e) {
            Assumptions.abort("open files can be listed on Linux only");
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private Dataset read(byte[] images, byte[] labels, int classes) throws DatasetException {
        return IdxReader.read("test", IdxTestFiles.write(folder, "images", images),
                IdxTestFiles.write(folder, "labels", labels), classes);
    }

    private void assertFails(byte[] images, byte[] labels, String message) {
        assertThatThrownBy(() -> read(images, labels, 2)).isInstanceOf(DatasetException.class)
                .hasMessageContaining(message).message().startsWith(folder.toString()).doesNotContain("\n");
    }
}
