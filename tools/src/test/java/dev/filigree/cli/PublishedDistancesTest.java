package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distances that the program published with the NNSTD paper finds for its own networks, where a folder
 * {@code shared/data/topologies} lies beside the repository.
 */
class PublishedDistancesTest {
    @TempDir
    Path directory;

    @Test
    void csvAgreesWithThePublishedProgramInEveryEpoch() throws IOException {
        Path topologies = published();
        List<String> expected = Files.readAllLines(topologies.resolve("expected_w0_w1.csv"));
        assertThat(expected).hasSize(1 + 9 * 4);
        List<String> actual = List.of();
        for (String line : expected.subList(1, expected.size())) {
            String[] fields = line.split(",");
            int layer = Integer.parseInt(fields[3]);
            if (layer == 0) {
                Path csv = directory.resolve("epoch_%s.csv".formatted(fields[0]));
                InProcess.Result result = InProcess.filigree("distance", topologies.resolve(fields[1]).toString(),
                        topologies.resolve(fields[2]).toString(), "--epoch", fields[0], "--csv", csv.toString());
                assertThat(result.exitCode()).as(result.err()).isZero();
                assertThat(result.out()).contains("Every matching is proven optimal");
                actual = Files.readAllLines(csv);
            }
            String[] found = actual.get(1 + layer).split(",");
            assertThat(found).startsWith(fields[1], fields[2], fields[3]);
            // From layer 1 on the distance depends on which of several equally good matchings was found before.
            assertThat(Double.parseDouble(found[3])).as(line)
                    .isCloseTo(Double.parseDouble(fields[4]), within(layer == 0 ? 1e-12 : 0.05));
        }
    }

    private static Path published() {
        Path found = null;
        for (Path folder = Path.of("").toAbsolutePath(); folder != null && found == null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/data/topologies");
            found = Files.isRegularFile(candidate.resolve("expected_w0_w1.csv")) ? candidate : null;
        }
        assumeTrue(found != null, "the published topologies are not beside the repository (shared/data/topologies)");
        return found;
    }
}
