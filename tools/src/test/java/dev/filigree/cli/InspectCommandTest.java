package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.filigree.io.NpyWriter;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    // Hidden neuron 1 hears nothing, hidden neuron 2 is not heard.
    private void writeHandMadeNetwork() throws Exception {
        write(0, LayerTopology.of(4, new int[]{0, 1, 3}, new int[]{}, new int[]{0}));
        write(1, LayerTopology.of(3, new int[]{0, 1}, new int[]{0}));
    }

    private void write(int layer, LayerTopology topology) throws Exception {
        try (topology; FloatArray weights = FloatArray.allocate(topology.connections(), "weights")) {
            NetworkFiles.writeLayer(temporary, layer, topology, weights, null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x y "})
    void aLongArgumentIsNotRepeatedInFull(String part) {
        InProcess.Result result = InProcess.filigree("inspect", part.repeat(100_000 / part.length()).strip());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("filigree: " + part.repeat(20)).hasSizeLessThan(400);
    }

    @Test
    void numbersOfAHandMadeNetwork() throws Exception {
        writeHandMadeNetwork();
        InProcess.Result result = InProcess.filigree("inspect", temporary.toString(), "--json");
        assertThat(result.exitCode()).isZero();
        JsonNode report = JSON.readTree(result.out());
        assertThat(report.at("/connections").asInt()).isEqualTo(7);
        assertThat(report.at("/deadNeurons/0").asInt()).isEqualTo(2);
        assertThat(report.at("/layers/0/density").asDouble()).isEqualTo(4 / 12.0);
        assertThat(report.at("/layers/0/fanIn/max").asInt()).isEqualTo(3);
        assertThat(report.at("/layers/0/fanIn/unconnected").asInt()).isEqualTo(1);
        assertThat(report.at("/layers/0/fanOut/max").asInt()).isEqualTo(2);
        assertThat(report.at("/layers/1/fanIn/mean").asDouble()).isEqualTo(1.5);
        assertThat(report.at("/layers/1/trainingBytesPerConnection").asDouble()).isPositive();
    }

    /** In training 4 parameters, gradients and velocities of 4 bytes for each of 3 neurons; in the file one of them. */
    @Test
    void learnedActivationsCount() throws Exception {
        writeHandMadeNetwork();
        JsonNode before = JSON.readTree(InProcess.filigree("inspect", temporary.toString(), "--json").out());
        Path file = NetworkFiles.activationFile(temporary, 0);
        try (FloatArray parameters = FloatArray.allocate(12, "parameters")) {
            NpyWriter.write(file, parameters, 3, 4);
        }
        JsonNode after = JSON.readTree(InProcess.filigree("inspect", temporary.toString(), "--json").out());
        assertThat(after.at("/layers/0/trainingBytes").asLong())
                .isEqualTo(before.at("/layers/0/trainingBytes").asLong() + 3 * 4 * 3 * 4);
        assertThat(after.at("/layers/0/fileBytes").asLong())
                .isEqualTo(before.at("/layers/0/fileBytes").asLong() + Files.size(file));
    }

    @Test
    void textIsATable() throws Exception {
        writeHandMadeNetwork();
        assertThat(InProcess.filigree("inspect", temporary.toString()).out()).contains("7 connections",
                "4 → 3", "33.33 %", "output (fan-in)", "without any");
    }

    @Test
    void aRunIsInspectedAtAnyEpoch() throws Exception {
        Path data = TinyDataset.write(temporary.resolve("data"), 1);
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--epochs", "1");
        assertThat(InProcess.filigree("inspect", run.toString()).out()).contains("epoch_001", "16 → 12", "100.00 %");
        assertThat(InProcess.filigree("inspect", run.toString(), "--epoch", "0").out()).contains("epoch_000");
        InProcess.Result missing = InProcess.filigree("inspect", run.toString(), "--epoch", "7");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("no epoch 7; saved are 0, 1").hasLineCount(1);
    }

    @Test
    void metricsOfEveryEpochAreATable() throws Exception {
        Path data = TinyDataset.write(temporary.resolve("data"), 1);
        Path run = temporary.resolve("run");
        Path csv = temporary.resolve("metrics.csv");
        TinyRun.train(data, run, "--epochs", "2");
        InProcess.Result result = InProcess.filigree("inspect", run.toString(), "--metrics", "--epochs", "all",
                "--csv", csv.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("overlap, previous", "Ramanujan bound", "output (fan-in)");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + 3 * 3);
        assertThat(lines.getFirst()).startsWith("epoch,layer,inputs,outputs,connections,density,fan_in_mean")
                .endsWith("components,largest_component,log10_paths");
        assertThat(lines.get(1)).startsWith("0,0,25,16,");
        assertThat(lines.get(9)).startsWith("2,2,12,10,120,1.0,12.0,12,0,,,,,,");
    }

    @Test
    void earlierEpochsCountAsExploredThoughNotAskedFor() throws Exception {
        Path data = TinyDataset.write(temporary.resolve("data"), 1);
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--epochs", "3");
        JsonNode last = JSON.readTree(InProcess.filigree("inspect", run.toString(), "--metrics", "--json").out());
        JsonNode all = JSON.readTree(
                InProcess.filigree("inspect", run.toString(), "--metrics", "--epochs", "all", "--json").out());
        assertThat(last).hasSize(3);
        assertThat(all).hasSize(4 * 3);
        assertThat(last.get(0)).isEqualTo(all.get(9));
        assertThat(last.at("/0/explored_share").asDouble()).isGreaterThan(last.at("/0/density").asDouble());
        assertThat(last.at("/0/overlap_first").asDouble()).isBetween(0.1, last.at("/0/overlap_previous").asDouble());
        assertThat(all.at("/0/overlap_previous").isNull()).isTrue();
    }

    @Test
    void metricsOfASingleNetwork() throws Exception {
        writeHandMadeNetwork();
        JsonNode report = JSON.readTree(
                InProcess.filigree("inspect", temporary.toString(), "--metrics", "--json").out());
        assertThat(report.at("/0/epoch").isNull()).isTrue();
        assertThat(report.at("/0/active_share").asDouble()).isEqualTo(1 / 3.0);
        assertThat(report.at("/0/dead_neurons").asInt()).isEqualTo(2);
        assertThat(report.at("/0/components").asInt()).isEqualTo(1);
        assertThat(report.at("/1/log10_paths").asDouble()).isEqualTo(Math.log10(6));
    }

    @Test
    void severalEpochsNeedMetrics() {
        InProcess.Result result = InProcess.filigree("inspect", temporary.toString(), "--epochs", "0,1");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--epochs is 0,1, expected one epoch, or --metrics beside it");
        assertThat(InProcess.filigree("inspect", temporary.toString(), "--csv", "x.csv").err())
                .contains("--csv writes metrics, expected --metrics beside it");
        assertThat(InProcess.filigree("inspect", temporary.toString(), "--epoch", "first").err())
                .contains("'first' is no epoch");
    }

    @Test
    void emptyDirectoryIsAFailure() {
        InProcess.Result result = InProcess.filigree("inspect", temporary.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("expected a network or a run").hasLineCount(1);
    }
}
