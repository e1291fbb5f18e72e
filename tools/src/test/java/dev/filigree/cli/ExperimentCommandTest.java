package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiments on a data set that takes moments. */
class ExperimentCommandTest {
    @TempDir
    static Path shared;

    private static Path data;

    @TempDir
    Path temporary;

    @BeforeAll
    static void writeData() throws IOException {
        data = TinyDataset.write(shared.resolve("data"), 1);
    }

    @Test
    void similarStartsReportsTheDistancesOfAllPairs() throws IOException {
        Path out = temporary.resolve("similar");
        InProcess.Result result = similarStarts(out);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("3 of 3", "report.md");
        // Epochs 0 and 1, two sparse layers, three pairs.
        assertThat(Files.readAllLines(out.resolve("distances.csv"))).hasSize(1 + 2 * 2 * 3);
        assertThat(Files.readString(out.resolve("report.md"))).contains("![", "(distances.png)",
                "filigree experiment similar-starts --quick --seeds 3 --epochs 2 --data fashion-mnist\n",
                "--topology starts/w1").doesNotContain(temporary.toString(), data.toString());
        assertThat(out.resolve("distances.png")).exists();
    }

    @Test
    void htmlReportNeedsNoOtherFile() throws IOException {
        Path out = temporary.resolve("html");
        similarStarts(out);
        assertThat(Files.readString(out.resolve("report.html"))).contains("<svg ", "</svg>", "<table>")
                .doesNotContain("<img", "<?xml", "src=");
    }

    @Test
    void finishedTrainingsAreNotRepeatedAndUnfinishedOnesAre() throws IOException {
        Path out = temporary.resolve("again");
        similarStarts(out);
        Path record = out.resolve("runs/w1/run.json");
        byte[] complete = Files.readAllBytes(out.resolve("runs/w1/topology/epoch_002/weight_l0.npz"));
        Files.writeString(record, Files.readString(record).replace("\"finished\",", "\"interrupted\","));
        InProcess.Result again = similarStarts(out);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).contains("w1").doesNotContain("w0", "w2");
        assertThat(Files.readAllBytes(out.resolve("runs/w1/topology/epoch_002/weight_l0.npz"))).isEqualTo(complete);
    }

    @Test
    void trainingsWithOtherSettingsAreNotTakenForThese() throws IOException {
        Path out = temporary.resolve("other");
        similarStarts(out);
        InProcess.Result other = similarStarts(out, "--epochs", "3");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("other settings", "--out").hasLineCount(1);
    }

    @Test
    void filesOfSomethingElseAreNotReplaced() throws IOException {
        Path out = temporary.resolve("mine");
        Files.createDirectories(out.resolve("runs"));
        Path report = Files.writeString(out.resolve("report.md"), "mine");
        InProcess.Result result = similarStarts(out);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(out + " holds files", "--out").hasLineCount(1);
        assertThat(report).hasContent("mine");
    }

    @Test
    void anExperimentThatBrokeOffBeforeItsFirstTrainingGoesOn() throws IOException {
        Path out = temporary.resolve("early");
        similarStarts(out);
        try (Stream<Path> runs = Files.list(out.resolve("runs"))) {
            for (Path run : (Iterable<Path>) runs::iterator) {
                Files.delete(run.resolve("run.json"));
            }
        }
        InProcess.Result again = similarStarts(out);
        assertThat(again.exitCode()).as(again.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"independent-starts,6,map", "accuracy-table,12,learning-fashion-mnist", "density-sweep,30,time",
            "winning-tickets,18,tickets"})
    void experimentsReportWhatTheirTrainingsFound(String name, int trainings, String figure) throws IOException {
        Path out = temporary.resolve(name);
        InProcess.Result result = experiment(name, out);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("trainings.csv"))).hasSize(1 + trainings);
        assertThat(Files.readString(out.resolve("report.md"))).contains("(%s.png)".formatted(figure),
                "filigree experiment " + name).doesNotContain("NaN", temporary.toString());
        assertThat(out.resolve(figure + ".png")).exists();
        assertThat(Files.readString(out.resolve(figure + ".svg"))).doesNotContain("NaN");
    }

    @Test
    void featuresAreSelectedFromTheFilesThatAreThere() throws IOException {
        Path files = Files.createDirectories(temporary.resolve("files"));
        TinyDataset.writeNpz(files.resolve("madelon.npz"), 1);
        Path out = temporary.resolve("features");
        InProcess.Result result = InProcess.filigree("experiment", "features", "--quick", "--seeds", "2", "--epochs",
                "2", "--data-dir", files.toString(), "--out", out.toString(), "--threads", "2");
        assertThat(result.exitCode()).as(result.err()).isZero();
        // Two seeds of the pixels, two choosers, and per seed all features and two shares by three choosers.
        assertThat(Files.readAllLines(out.resolve("trainings.csv"))).hasSize(1 + 2 + 2 * 2 + 2 * (1 + 2 * 3));
        assertThat(Files.readString(out.resolve("report.md"))).contains("(pixels.png)", "(selection-madelon.png)",
                "Left out, for their files are not there: Isolet (isolet.npz), COIL-20",
                "--data madelon.npz", "--features selections/madelon-set-20-seed1.txt")
                .doesNotContain("NaN", temporary.toString());
        // 20 % of 25 features.
        assertThat(Files.readAllLines(out.resolve("selections/madelon-set-20-seed1.txt"))).hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(Files.readString(out.resolve("runs/madelon-set-20-seed1/run.json"))).contains("\"features\" : [");
    }

    @Test
    void featuresNeedAFile() {
        InProcess.Result result = InProcess.filigree("experiment", "features", "--data-dir", temporary.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("found none of madelon.npz, isolet.npz, coil20.npz, pcmac.libsvm in "
                + temporary, "--data-dir").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing                  | NAME is 'nothing', expected one of
            density-sweep --methods x | --methods is 'x', expected one of dense, static, set, rigl
            similar-starts --methods set | --methods is set, expected none beside similar-starts
            similar-starts --seeds 0 | --seeds is 0, expected 1 or more
            """)
    void wrongOptionsAreUsageErrors(String arguments, String message) {
        InProcess.Result result = InProcess.filigree(("experiment " + arguments).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    private static InProcess.Result similarStarts(Path out, String... more) {
        return experiment("similar-starts", out, more);
    }

    private static InProcess.Result experiment(String name, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("experiment", name, "--quick", "--seeds", "3", "--data",
                "fashion-mnist", "--data-dir", data.toString(), "--out", out.toString(), "--threads", "2"));
        arguments.addAll(more.length == 0 ? List.of("--epochs", "2") : List.of(more));
        return InProcess.filigree(arguments.toArray(String[]::new));
    }
}
