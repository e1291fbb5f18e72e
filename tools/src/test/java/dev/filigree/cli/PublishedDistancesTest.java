package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The distances that the program published with the NNSTD paper finds for its own networks, where a folder
 * {@code shared/data/topologies} lies beside the repository.
 */
class PublishedDistancesTest {
    @Test
    void firstLayerAgreesWithThePublishedProgramAndOthersLieWithinTheSpread() throws IOException {
        Path topologies = published();
        List<String> expected = Files.readAllLines(topologies.resolve("expected_w0_w1.csv"));
        assertThat(expected).hasSize(1 + 9 * 4);
        JsonNode pair = null;
        for (String line : expected.subList(1, expected.size())) {
            String[] fields = line.split(",");
            int layer = Integer.parseInt(fields[3]);
            if (pair == null || layer == 0) {
                InProcess.Result result = InProcess.filigree("distance", topologies.resolve(fields[1]).toString(),
                        topologies.resolve(fields[2]).toString(), "--epoch", fields[0], "--spread", "64",
                        "--no-ceiling", "--json");
                assertThat(result.exitCode()).as(result.err()).isZero();
                JsonNode report = new ObjectMapper().readTree(result.out());
                assertThat(report.at("/largestGap").asDouble()).isZero();
                pair = report.at("/pairs/0");
            }
            double published = Double.parseDouble(fields[4]);
            if (layer == 0) {
                assertThat(pair.at("/layers/0").asDouble()).as(line).isCloseTo(published, within(1e-12));
            } else {
                // Which of several equally good matchings was found before decides.
                JsonNode range = pair.at("/spread/layers/" + layer);
                assertThat(published).as(line).isBetween(range.at("/least").asDouble(),
                        range.at("/largest").asDouble());
            }
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
