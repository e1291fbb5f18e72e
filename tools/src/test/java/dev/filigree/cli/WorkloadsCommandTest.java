package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --only W6        | --only is 'W6', expected one of W1, W2, W3, W3:1, W3:0.5
            --only W1,W3:2   | --only is 'W3:2', expected one of
            --threads 1,0    | --threads is 0, expected 1 or more
            --threads one    | '--threads'
            --epochs 2       | --epochs is 2, expected 3 or more
            --samples 0      | --samples is 0, expected 1 or more
            W1               | Unmatched argument
            """)
    void wrongOptionsAreUsageErrors(String options, String message) {
        InProcess.Result result = InProcess.filigree(("workloads " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("filigree: ").contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void jsonHasARowPerWorkloadAndNumberOfThreads() throws Exception {
        InProcess.Result result = InProcess.filigree("workloads", "--only", "W3:0.005", "--samples", "256", "--epochs",
                "3", "--threads", "1,2", "--json");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines()).containsExactly(
                "row 1 of 2: W3:0.005 3072-1024-512-10, density 0.005, sparse output, threads: 1",
                "row 2 of 2: W3:0.005 3072-1024-512-10, density 0.005, sparse output, threads: 2");
        JsonNode rows = new ObjectMapper().readTree(result.out()).at("/rows");
        assertThat(rows).hasSize(2);
        JsonNode row = rows.get(1);
        assertThat(row.at("/threads").asInt()).isEqualTo(2);
        assertThat(row.at("/data").asText()).isEqualTo("synthetic");
        assertThat(row.at("/samples").asInt()).isEqualTo(256);
        assertThat(row.at("/connections").asLong() / 3_675_136.0).isBetween(0.0045, 0.0055);
        assertThat(row.at("/seconds").asDouble()).isPositive();
        assertThat(row.at("/evolutionShare").asDouble()).isStrictlyBetween(0.0, 1.0);
        assertThat(row.at("/feedAndEvaluationShare").asDouble()).isStrictlyBetween(0.0, 1.0);
        assertThat(row.at("/peakMemoryBytes").asLong())
                .isGreaterThan(row.at("/dataBytes").asLong() + row.at("/networkBytes").asLong());
        assertThat(row.at("/lastLoss").asDouble()).isLessThan(row.at("/firstLoss").asDouble())
                .isEqualTo(rows.get(0).at("/lastLoss").asDouble());
    }

    @Test
    void tableComparesWithTheDenseNetworkAndSaysWhereThereIsNone() {
        InProcess.Result result = InProcess.filigree("workloads", "--only", "W1,W4", "--dense", "--samples", "64",
                "--epochs", "3", "--threads", "1");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).anyMatch(line -> line.startsWith("workload  network"))
                .anyMatch(line -> line.matches("W1:dense  784-1000-1000-1000-10, dense .*epoch +- +- .*64 samples"))
                .anyMatch(
                        line -> line.matches("W1 .*epsilon 20, dense output .*epoch +[0-9.]+ +[0-9.]+ % .*64 samples"))
                .anyMatch(line -> line.startsWith("W4 "))
                .contains("W4: no dense row, its 815,880,000 connections are too many.");
    }

    @Test
    void rowThatFailsIsNamedAndTheCommandFails() {
        // More threads than the system can start.
        InProcess.Result result = InProcess.filigree("workloads", "--only", "W3:0.001", "--samples", "64", "--threads",
                "2000000000");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("W3:0.001, threads: 2000000000: failed: ");
        assertThat(result.out()).contains("W3:0.001, threads: 2000000000: failed: ");
    }
}
