package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the first connections of a run come from. */
class TrainTopologyTest {
    @TempDir
    Path temporary;

    private Path data;
    private Path run;

    @BeforeEach
    void writeData() throws Exception {
        data = TinyDataset.write(temporary.resolve("data"), 1);
        run = temporary.resolve("run");
    }

    private JsonNode record() throws Exception {
        return new ObjectMapper().readTree(run.resolve("run.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bsw:0.3", "brf:0.1", "bsf", "csti"})
    void everyModelTrainsWithAsManyConnectionsAsAskedFor(String model) throws Exception {
        InProcess.Result result = TinyRun.train(data, run, "--topology-model", model, "--epsilon", "2", "--epochs",
                "2");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("epsilon 2, " + model);
        assertThat(record().at("/settings/network/topologyModel").asText()).isEqualTo(model);
        assertThat(record().at("/network/layers/0/connections").asInt()).isEqualTo(2 * (25 + 16));
        assertThat(record().at("/network/layers/1/connections").asInt()).isEqualTo(2 * (16 + 12));
        assertThat(InProcess.filigree("evaluate", run.toString()).exitCode()).isZero();
    }

    @Test
    void erkSpreadsOneDensityOverTheSparseLayers() throws Exception {
        InProcess.Result result = InProcess.filigree("train", "--data-dir", data.toString(), "--out", run.toString(),
                "--hidden", "16,12", "--density", "0.25", "--distribution", "erk", "--topology-model", "bsw:1",
                "--epochs", "1", "--batch", "16", "--threads", "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("density 0.25 by shape (ERK), bsw:1.0");
        // 148 of 592 connections over sums of widths of 41 + 28.
        assertThat(record().at("/network/layers/0/connections").asInt()).isEqualTo(Math.round(148 * 41 / 69.0));
        assertThat(record().at("/network/layers/1/connections").asInt()).isEqualTo(Math.round(148 * 28 / 69.0));
        assertThat(record().at("/network/layers/2/density").asDouble()).isCloseTo(1, within(0.0));
    }
}
