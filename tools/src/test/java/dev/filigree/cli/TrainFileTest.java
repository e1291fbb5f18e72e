package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on files that a user gives. */
class TrainFileTest {
    @TempDir
    Path temporary;

    private Path file;
    private Path run;

    @BeforeEach
    void writeData() throws IOException {
        file = temporary.resolve("flowers.csv");
        StringBuilder lines = new StringBuilder("noise,kind,size,shade\n");
        Random random = new Random(1);
        for (int s = 0; s < 200; s++) {
            boolean rose = random.nextBoolean();
            lines.append("%s,%s,%s,%s%n".formatted(random.nextGaussian(), rose ? "rose" : "lily",
                    random.nextGaussian() + (rose ? 4 : -4), random.nextGaussian() + (rose ? 9 : 1)));
        }
        Files.writeString(file, lines);
        run = temporary.resolve("run");
    }

    private InProcess.Result train(String... more) {
        String[] arguments = {"train", "--data", file.toString(), "--label-column", "kind", "--hidden", "8", "--dense",
                "--epochs", "5", "--batch", "8", "--threads", "1", "--out", run.toString()};
        return InProcess.filigree(Stream.of(arguments, more).flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(run.resolve("run.json").toFile());
    }

    @Test
    void trainsAndSaysWhatTheClassesAre() throws IOException {
        InProcess.Result result = train();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("labels lily, rose are the classes 0 to 1",
                "160 training and 40 test samples, "
                        + "3 features, 2 classes");
        assertThat(record().at("/results/testAccuracy").asDouble()).isGreaterThan(0.9);
        assertThat(record().at("/settings/data/file/name").asText()).isEqualTo("flowers.csv");
        assertThat(record().at("/data/name").asText()).isEqualTo("flowers");
    }

    @Test
    void nextCommandsCanBeCopiedIntoAShell() {
        run = temporary.resolve("sp ace");
        assertThat(train().out()).contains("filigree inspect '" + run + "'",
                "filigree distance '" + run + "' --epochs");
    }

    @Test
    void evaluateReadsTheSameSamplesByTheRecord() throws IOException {
        train("--test-share", "0.3", "--seed", "7");
        InProcess.Result result = InProcess.filigree("evaluate", run.toString(), "--json");
        assertThat(result.err()).isEmpty();
        JsonNode evaluation = new ObjectMapper().readTree(result.out());
        assertThat(evaluation.at("/samples").asInt()).isEqualTo(60);
        assertThat(evaluation.at("/accuracy").asDouble()).isEqualTo(record().at("/results/testAccuracy").asDouble());
    }

    @Test
    void resumesOnTheSameDataWhereverItHasMoved() throws IOException {
        train();
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.move(file, elsewhere.resolve("flowers.csv"));
        InProcess.Result lost = InProcess.filigree("train", "--resume", run.toString(), "--epochs", "6");
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err()).contains("flowers.csv", "no such file").hasLineCount(1);
        InProcess.Result found = InProcess.filigree("train", "--resume", run.toString(), "--epochs", "6",
                "--data-dir", elsewhere.toString());
        assertThat(found.exitCode()).as(found.err()).isZero();
    }

    @Test
    void changedDataIsNotResumed() throws IOException {
        train();
        Files.writeString(file, Files.readString(file) + "0,rose,4,9\n");
        InProcess.Result result = InProcess.filigree("train", "--resume", run.toString(), "--epochs", "6");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("trained on other data");
    }

    @Test
    void testSamplesComeFromTheirOwnFile() throws IOException {
        Path test = Files.copy(file, temporary.resolve("more.csv"));
        assertThat(train("--test-data", test.toString()).out()).contains("200 training and 200 test samples");
        assertThat(record().at("/settings/data/file/test").asText()).isEqualTo("more.csv");
    }

    @Test
    void onlyChosenFeaturesAreUsedAndRecorded() throws IOException {
        Path list = Files.writeString(temporary.resolve("list"), "2\n1\n");
        assertThat(train("--features", list.toString()).out()).contains("2 features");
        Files.delete(list);
        assertThat(record().at("/settings/data/features").toString()).isEqualTo("[2,1]");
        assertThat(InProcess.filigree("evaluate", run.toString()).exitCode()).isZero();
    }

    @Test
    void featuresMayBeChosenOfNamedSetsToo() throws IOException {
        Path data = TinyDataset.write(temporary.resolve("data"), 1);
        Path list = Files.writeString(temporary.resolve("list"), "0\n7\n12\n");
        InProcess.Result result = TinyRun.train(data, run, "--features", list.toString());
        assertThat(result.out()).contains("3 features");
        Files.writeString(list, "25\n");
        InProcess.Result missing = TinyRun.train(data, temporary.resolve("other"), "--features", list.toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("has no feature 25, expected 0 to 24").hasLineCount(1);
    }

    @Test
    void aFolderBesideAWholePathIsAUsageError() throws IOException {
        InProcess.Result both = train("--data-dir", temporary.toString());
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--data is " + file, "beside --data-dir " + temporary);
        String[] name = {"train", "--data", "flowers.csv", "--data-dir", temporary.toString(), "--label-column", "kind",
                "--hidden", "8", "--dense", "--epochs", "1", "--threads", "1", "--out", run.toString()};
        assertThat(InProcess.filigree(name).exitCode()).isZero();
    }

    @Test
    void fileOptionsNeedAFile() {
        InProcess.Result result = InProcess.filigree("train", "--test-share", "0.5");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--test-share is for data in a file, expected --data with one beside it");
    }
}
