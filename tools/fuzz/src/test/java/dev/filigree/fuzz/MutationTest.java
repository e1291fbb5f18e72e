package dev.filigree.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes a reader is given, it gives a value or says what is wrong ({@link Attack}). */
class MutationTest {
    private static final int INPUTS = 20_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void seedsAreRead(FileReader reader) throws IOException {
        Attack attack = new Attack(reader, folder);
        List<byte[]> seeds = seeds(reader);
        for (byte[] seed : seeds) {
            attack.run(seed);
        }
        assertThat(attack.accepted()).as("a seed that is refused tests little").isEqualTo(seeds.size());
    }

    @ParameterizedTest
    @EnumSource
    void mutationsAreReadOrRefused(FileReader reader) throws IOException {
        Attack attack = new Attack(reader, folder);
        Mutator mutator = new Mutator(seeds(reader), 20_260_101);
        for (int k = 0; k < INPUTS; k++) {
            byte[] input = mutator.next();
            try {
                attack.run(input);
            } catch (AssertionError e) {
                Path kept = Files.write(Path.of("target", "finding-" + reader.folder()), input);
                throw new AssertionError("input %d, kept in %s: %s".formatted(k, kept.toAbsolutePath(), e.getMessage()),
                        e);
            }
        }
        assertThat(attack.accepted()).as("some mutations are harmless, most are not").isBetween(1L, INPUTS * 9L / 10);
    }

    private static List<byte[]> seeds(FileReader reader) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (var files = Files.list(Path.of("corpus", reader.folder()))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }
}
