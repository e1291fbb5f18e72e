package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthCommandTest {
    @TempDir
    Path directory;

    @Test
    void relatedLayersAreExactAndUnrelatedOnesWithinTheTolerance() throws IOException {
        InProcess.Result result = InProcess.filigree("growth", "--sizes", "300,100", "--json", "--out",
                directory.resolve("made").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode points = new ObjectMapper().readTree(result.out()).at("/points");
        assertThat(points.findValuesAsText("neurons")).containsExactly("100", "100", "300", "300");
        for (JsonNode point : points) {
            boolean related = point.at("/related").asBoolean();
            assertThat(point.at("/gap").asDouble()).isBetween(0.0, related ? 0 : 0.001);
            assertThat(point.at("/distance").asDouble()).isBetween(related ? 0.3 : 0.6, related ? 0.6 : 1.0);
        }
        assertThat(Files.readAllLines(directory.resolve("made/growth.csv"))).hasSize(5);
        for (String picture : new String[]{"growth-time", "growth-memory"}) {
            assertThat(ImageIO.read(directory.resolve("made/" + picture + ".png").toFile()).getWidth()).isPositive();
            assertThat(directory.resolve("made/" + picture + ".svg")).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @CsvSource({"--sizes,0", "--epsilon,0", "--tolerance,0", "--tolerance,1", "--threads,0", "--sizes,many",
            "--sizes,2147483647", "--sizes,'100,1000000000'"})
    void wrongOptionsAreUsageErrors(String option, String value) {
        InProcess.Result result = InProcess.filigree("growth", "--sizes", "10", option, value);
        if (option.equals("--sizes")) {
            result = InProcess.filigree("growth", option, value);
        }
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(option).doesNotContain("\tat ");
    }
}
