package dev.filigree.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.checkpoint.CheckpointWriter;
import dev.filigree.io.checkpoint.SectionContent;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.TestNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint comes back as it was, and a file that is damaged anywhere is noticed, or the damage changes nothing. */
class CheckpointTest {
    private static final int[] FLIPS = {0x01, 0x80, 0xff};

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("a.checkpoint");
    }

    private String write(boolean adam) throws IOException {
        try (Checkpoint checkpoint = TinyCheckpoint.of(2, 9, adam)) {
            checkpoint.write(file);
            return TinyCheckpoint.bits(checkpoint);
        }
    }

    private String read() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.read(file)) {
            return TinyCheckpoint.bits(checkpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comesBackAsItWas(boolean adam) throws IOException {
        assertThat(write(adam)).isEqualTo(read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void networkIsRestoredAndCopiedAsItWas(boolean adam) {
        try (Checkpoint checkpoint = TinyCheckpoint.of(2, 9, adam);
                Mlp mlp = checkpoint.network().restore(TinyCheckpoint.SPECS, TinyCheckpoint.compute());
                Checkpoint copy = new Checkpoint(checkpoint.settings(), checkpoint.dataChecksum(), checkpoint.epoch(),
                        NetworkState.of(mlp))) {
            assertThat(TinyCheckpoint.bits(copy)).isEqualTo(TinyCheckpoint.bits(checkpoint));
        }
    }

    @Test
    void networkOfOtherLayersIsRefused() {
        LayerSpec output = TinyCheckpoint.SPECS.get(1);
        try (Checkpoint checkpoint = TinyCheckpoint.of(2, 9, false)) {
            for (List<LayerSpec> specs : List.of(List.of(output),
                    List.of(new LayerSpec(5, TestNetworks.SOME, Activation.SRELU, Dropout.NONE), output),
                    List.of(new LayerSpec(4, TestNetworks.SOME, Activation.RELU, Dropout.NONE), output),
                    List.of(TinyCheckpoint.SPECS.get(0),
                            new LayerSpec(2, TestNetworks.SOME, Activation.LINEAR, Dropout.NONE)))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> checkpoint.network().restore(specs, TinyCheckpoint.compute()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlipAnywhereIsNoticedOrHarmless(boolean adam) throws IOException {
        String expected = write(adam);
        byte[] bytes = Files.readAllBytes(file);
        long open = OffHeapMemory.bytesInUse();
        int refused = 0;
        for (int position = 0; position < bytes.length; position++) {
            for (int flip : FLIPS) {
                byte[] damaged = bytes.clone();
                damaged[position] ^= (byte) flip;
                refused += isRefused(damaged, expected, "byte %d ^ %02x".formatted(position, flip)) ? 1 : 0;
            }
        }
        assertThat(refused).as("what is harmless are the zeros between").isGreaterThan(bytes.length * FLIPS.length / 2);
        assertThat(OffHeapMemory.bytesInUse()).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyShorterAndLongerFileIsRefused(boolean adam) throws IOException {
        String expected = write(adam);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length + 200; length++) {
            if (length != bytes.length) {
                assertThat(isRefused(Arrays.copyOf(bytes, length), expected, "length " + length))
                        .as("length %d", length).isTrue();
            }
        }
    }

    private boolean isRefused(byte[] damaged, String expected, String what) throws IOException {
        Files.write(file, damaged);
        try {
            assertThat(read()).as(what).isEqualTo(expected);
            return false;
        } catch (FileFormatException e) {
            assertThat(e).as(what).message().hasLineCount(1).startsWith(file.toString());
            return true;
        }
    }

    @Test
    void fileWithOtherSectionsIsNoCheckpoint() throws IOException {
        CheckpointWriter.write(file, List.of(SectionContent.of("settings", "{}")));
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(this::read)
                .withMessageContaining("'data_checksum' is missing");
    }

    @Test
    void numPyReadsIt() throws IOException, InterruptedException {
        assumeTrue(hasNumPy(), "needs python3 with NumPy");
        write(true);
        String script = Path.of("src/test/resources/dev/filigree/training/checkpoint/read_checkpoint.py").toString();
        String text = python(script, file.toString());
        assertThat(text.lines()).hasSize(7 + 2 + 9 + 6).contains("settings |u1 11 " + sumOf("{\"seed\": 7}"),
                "position <i8 6 " + (7 + 2 + 9 + 11 + 36 + 20.0), "loss_sum <f8 1 12.5", "rewired <i8 2 3.0",
                "layer0.row_starts <i8 5 13.0", "layer0.sources <i4 6 6.0", "layer0.weights <f4 6 5.25",
                "layer1.bias.second_moment <f4 2 " + (107 + 108) * 0.25);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(python(script, file.toString())).contains("layer1.bias.second_moment is damaged");
    }

    private static double sumOf(String text) {
        return text.chars().sum();
    }

    private static boolean hasNumPy() throws InterruptedException {
        try {
            return python("-c", "import numpy; print(numpy.int32(3))").strip().equals("3");
        } catch (IOException e) {
            return false;
        }
    }

    private static String python(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "python3";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
