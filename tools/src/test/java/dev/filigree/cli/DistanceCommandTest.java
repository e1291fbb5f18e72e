package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.filigree.io.topology.LayerWeights;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small networks of shape 4-2-2, whose distances are worked out by hand. */
class DistanceCommandTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeNetworks() throws IOException {
        write("first", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}), straight());
        // Its hidden neurons in the other order.
        write("swapped", LayerTopology.of(4, new int[]{2, 3}, new int[]{0, 1}), straight());
        // One connection of one hidden neuron moved: 2 of 3 inputs differ in one of two neurons.
        write("moved", LayerTopology.of(4, new int[]{0, 2}, new int[]{2, 3}), straight());
        write("wide", LayerTopology.of(5, new int[]{0, 1}, new int[]{2, 3}), straight());
        write("deep", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}), straight(), straight());
        write("unchained", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}, new int[]{1}), straight());
        write("corrupt", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}), straight());
        Files.writeString(directory.resolve("corrupt/weight_l1.npz"), "not a zip file");
        write("run/topology/epoch_000", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}), straight());
        write("run/topology/epoch_005", LayerTopology.of(4, new int[]{0, 2}, new int[]{2, 3}), straight());
        Files.writeString(directory.resolve("run/run.json"), "{}");
        Files.createDirectory(directory.resolve("empty"));
    }

    @Test
    void csvHoldsEveryPairLayerAndMean() throws IOException {
        Path csv = directory.resolve("distances.csv");
        assertThat(distance("first", "swapped", "moved", "--no-ceiling", "--csv", csv.toString()).exitCode()).isZero();
        assertThat(Files.readString(csv)).isEqualTo("""
                a,b,layer,distance
                first,swapped,0,0.0
                first,swapped,1,0.0
                first,swapped,mean,0.0
                first,moved,0,0.3333333333333333
                first,moved,1,0.0
                first,moved,mean,0.16666666666666666
                swapped,moved,0,0.3333333333333333
                swapped,moved,1,0.0
                swapped,moved,mean,0.16666666666666666
                """);
    }

    @Test
    void csvQuotesNamesWithCommas() throws IOException {
        write("with,\"comma\"", LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3}), straight());
        Path csv = directory.resolve("distances.csv");
        assertThat(distance("first", "with,\"comma\"", "--no-ceiling", "--csv", csv.toString()).exitCode()).isZero();
        assertThat(Files.readString(csv)).contains("first,\"with,\"\"comma\"\"\",0,0.0\n");
    }

    @Test
    void pinnedOutputsTellSwappedNeuronsApart() throws IOException {
        assertThat(json("first", "swapped").at("/pairs/0/layers").toString()).isEqualTo("[0.0,0.0]");
        assertThat(json("first", "swapped", "--output", "pinned").at("/pairs/0/layers").toString())
                .isEqualTo("[0.0,1.0]");
    }

    @Test
    void jsonHoldsNetworksPairsMatrixAndGap() throws IOException {
        JsonNode report = json("first", "moved", "first", "--threads", "2");
        assertThat(report.at("/output").asText()).isEqualTo("matched");
        assertThat(report.at("/networks").findValuesAsText("label")).containsExactly("first", "moved", "first (2)");
        assertThat(report.at("/networks/0/shape").asText()).isEqualTo("4-2-2");
        assertThat(report.at("/networks/0/connections").asInt()).isEqualTo(6);
        assertThat(report.at("/networks/0/epoch").isNull()).isTrue();
        assertThat(report.at("/pairs")).hasSize(3);
        assertThat(report.at("/pairs/0/mean").asDouble()).isEqualTo(1.0 / 6);
        assertThat(report.at("/matrix/1/2").asDouble()).isEqualTo(1.0 / 6);
        assertThat(report.at("/matrix/0/2").asDouble()).isZero();
        assertThat(report.at("/largestGap").asDouble()).isLessThan(1e-12);
    }

    @Test
    void spreadHoldsTheDistance() throws IOException {
        JsonNode pair = json("first", "moved", "--spread", "4").at("/pairs/0");
        assertThat(pair.at("/spread/layers")).hasSize(2);
        assertThat(pair.at("/mean").asDouble()).isBetween(pair.at("/spread/mean/least").asDouble(),
                pair.at("/spread/mean/largest").asDouble());
        assertThat(distance("first", "moved", "--spread", "4").out())
                .containsPattern("first +moved +0\\.1667 … 0\\.1667");
    }

    @Test
    void methodIsTold() throws IOException {
        assertThat(json("first", "moved", "--refine").at("/refined").asBoolean()).isTrue();
        JsonNode near = json("first", "moved", "--tolerance", "0.01");
        assertThat(near.at("/tolerance").asDouble()).isEqualTo(0.01);
        assertThat(near.at("/largestGap").asDouble()).isBetween(0.0, 0.01);
    }

    @Test
    void filesOfSomethingElseAreNotReplaced() throws IOException {
        Path out = Files.createDirectory(directory.resolve("mine"));
        Path table = Files.writeString(out.resolve("distances.csv"), "mine");
        InProcess.Result result = distance("first", "moved", "--out", out.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(out + " holds files", "--out").hasLineCount(1);
        assertThat(table).hasContent("mine");
        Files.createFile(out.resolve("finished-pairs.txt"));
        assertThat(distance("first", "moved", "--out", out.toString()).exitCode()).isZero();
    }

    @Test
    void emptyPathsAreUsageErrors() {
        String first = directory.resolve("first").toString();
        InProcess.Result table = InProcess.filigree("distance", first, first, "--csv", "");
        assertThat(table.exitCode()).isEqualTo(2);
        assertThat(table.err()).contains("--csv is empty, expected a path");
        InProcess.Result network = InProcess.filigree("distance", first, "");
        assertThat(network.exitCode()).isEqualTo(2);
        assertThat(network.err()).contains("PATH is empty");
    }

    @Test
    void methodsThatExcludeEachOtherAreUsageErrors() {
        assertThat(distance("first", "moved", "--refine", "--tolerance", "0.01").exitCode()).isEqualTo(2);
        assertThat(distance("first", "moved", "--tolerance", "-1").err()).contains("--tolerance is -1.0");
        assertThat(distance("first", "moved", "--spread", "1").err()).contains("--spread is 1, expected 2 to");
        InProcess.Result largest = distance("first", "moved", "--spread", "2147483647");
        assertThat(largest.exitCode()).isEqualTo(2);
        assertThat(largest.err()).contains("--spread is 2147483647, expected 2 to 100,000 samples");
    }

    @Test
    void textShowsPairsMatrixAndCertificate() {
        InProcess.Result result = distance("first", "swapped", "moved");
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("first +moved +0\\.166667 +0\\.333333 +0\\.000000"))
                .anyMatch(line -> line.matches("mean +first +swapped +moved"))
                .anyMatch(line -> line.startsWith("Every matching is proven optimal (largest gap "));
        assertThat(distance("first", "moved").out()).doesNotContainPattern("(?m)^mean ");
    }

    @Test
    void epochsOfOneRunAreCompared() throws IOException {
        JsonNode all = json("run", "--epochs", "all");
        assertThat(all.at("/networks").findValuesAsText("label")).containsExactly("epoch 0", "epoch 5");
        assertThat(all.at("/pairs/0/layers/0").asDouble()).isEqualTo(1.0 / 3);
        JsonNode reversed = json("run", "--epochs", "5,0");
        assertThat(reversed.at("/networks").findValuesAsText("epoch")).containsExactly("5", "0");
    }

    @Test
    void lastEpochIsTheDefault() throws IOException {
        JsonNode report = json("run", "moved");
        assertThat(report.at("/networks/0/epoch").asInt()).isEqualTo(5);
        assertThat(report.at("/pairs/0/mean").asDouble()).isZero();
        assertThat(json("run", "run", "--epoch", "0").at("/networks/0/epoch").asInt()).isZero();
    }

    @Test
    void biasRowIsLeftOutWhenAskedFor() throws IOException {
        // As matrices these have 4 rows: 3 inputs and the bias.
        write("biased1", LayerTopology.of(4, new int[]{0, 3}, new int[]{1}));
        write("biased2", LayerTopology.of(4, new int[]{0}, new int[]{1, 3}));
        assertThat(json("biased1", "biased2").at("/pairs/0/mean").asDouble()).isEqualTo(0.5);
        assertThat(json("biased1", "biased2", "--bias-row", "present").at("/pairs/0/mean").asDouble()).isZero();
    }

    @Test
    void heatMapIsWrittenInBothFormatsOrTheOneNamed() throws IOException {
        assertThat(distance("first", "moved", "--heat-map", directory.resolve("both").toString()).exitCode()).isZero();
        assertThat(Files.readAllBytes(directory.resolve("both.png"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(directory.resolve("both.svg")).content().contains("<svg", ">moved</text>", ">0.167</text>");
        distance("first", "moved", "--heat-map", directory.resolve("one.svg").toString());
        distance("first", "moved", "--heat-map", directory.resolve("two.PNG").toString());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.toLowerCase(Locale.ROOT).matches(".*(png|svg)"))
                    .containsExactlyInAnyOrder("both.png", "both.svg", "one.svg", "two.PNG");
        }
    }

    @Test
    void ceilingStandsBesideEveryResult() throws IOException {
        Path csv = directory.resolve("distances.csv");
        InProcess.Result result = distance("first", "moved", "--csv", csv.toString());
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("of every pair +0\\.\\d{4} ± 0\\.\\d{4}( +0\\.\\d{4} ± 0\\.\\d{4}){2}"))
                .anyMatch(line -> line.startsWith("What independent random topologies"));
        assertThat(Files.readAllLines(csv)).first().isEqualTo("a,b,layer,distance,ceiling,ceiling_deviation");
        JsonNode ceiling = json("first", "moved").at("/pairs/0/ceiling");
        assertThat(ceiling.at("/samples").asInt()).isEqualTo(10);
        assertThat(ceiling.at("/mean/mean").asDouble()).isBetween(0.1, 0.9);
        assertThat(ceiling.at("/layers")).hasSize(2);
        assertThat(Files.readAllLines(csv).getLast().split(","))
                .endsWith(ceiling.at("/mean/mean").asText(), ceiling.at("/mean/deviation").asText());
        assertThat(distance("first", "moved", "--no-ceiling").out()).doesNotContain("ceiling");
        assertThat(json("first", "moved", "--no-ceiling").at("/pairs/0").has("ceiling")).isFalse();
    }

    /** The numbers of connections differ by more than chance: each pair of kinds has a ceiling of its own. */
    @Test
    void networksOfAnotherDensityHaveAnotherCeiling() throws IOException {
        write("dense", LayerTopology.of(4, new int[]{0, 1, 2, 3}, new int[]{0, 1, 2, 3}), straight());
        JsonNode report = json("first", "moved", "dense");
        assertThat(report.at("/pairs/0/ceiling")).isNotEqualTo(report.at("/pairs/1/ceiling"));
        assertThat(report.at("/pairs/2/ceiling")).isEqualTo(report.at("/pairs/1/ceiling"));
        assertThat(distance("first", "moved", "dense").out()).contains("lowest, of first and dense",
                "highest, of first and moved");
    }

    @Test
    void outHoldsPicturesAndTablesOfEverything() throws IOException {
        write("other/epoch_000", LayerTopology.of(4, new int[]{1, 2}, new int[]{0, 3}), straight());
        write("other/epoch_005", LayerTopology.of(4, new int[]{1, 3}, new int[]{0, 3}), straight());
        Path out = directory.resolve("missing/out");
        InProcess.Result result = distance("run", "other", "--epochs", "all", "--out", out.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        for (String name : List.of("mean", "layer-0", "layer-1", "clustered", "map", "between-runs")) {
            assertThat(Files.readAllBytes(out.resolve(name + ".png"))).startsWith(0x89, 'P', 'N', 'G');
            assertThat(out.resolve(name + ".svg")).content().contains("two independent random topologies");
            assertThat(out.resolve(name + ".csv")).exists();
        }
        // Two epochs are one step: no curve.
        assertThat(out.resolve("from-first.svg")).doesNotExist();
        assertThat(Files.readAllLines(out.resolve("between-runs.csv"))).hasSize(1 + 2 * 3)
                .first().isEqualTo("curve,epoch,layer,distance,ceiling");
        assertThat(Files.readAllLines(out.resolve("mean.csv"))).hasSize(5)
                .first().isEqualTo("network,run@0,run@5,other@0,other@5");
        assertThat(Files.readAllLines(out.resolve("dendrogram.csv"))).hasSize(4);
        assertThat(Files.readAllLines(out.resolve("map.csv"))).hasSize(5).first().isEqualTo("network,run,epoch,x,y");
        assertThat(Files.readAllLines(out.resolve("distances.csv"))).hasSize(1 + 6 * 3);
        assertThat(result.out()).endsWith("6 pictures in %s%n".formatted(out));
    }

    @Test
    void againstComparesOnlyWhatIsAskedFor() throws IOException {
        write("run/topology/epoch_010", LayerTopology.of(4, new int[]{1, 3}, new int[]{2, 3}), straight());
        assertThat(pairs(json("run", "--against=first"))).containsExactly("epoch 0/epoch 5", "epoch 0/epoch 10");
        assertThat(pairs(json("run", "--against", "previous"))).containsExactly("epoch 0/epoch 5", "epoch 5/epoch 10");
        write("other/epoch_005", LayerTopology.of(4, new int[]{1, 3}, new int[]{0, 3}), straight());
        assertThat(pairs(json("run", "other", "--against", "runs"))).containsExactly("run@5/other@5");
        assertThat(json("run", "--against=first").at("/matrix").isNull()).isTrue();
        Path out = directory.resolve("missing/out");
        assertThat(distance("run", "--against", "previous", "--out", out.toString()).exitCode()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("distances.csv",
                    "finished-pairs.txt", "from-previous.csv", "from-previous.png", "from-previous.svg");
        }
    }

    private static List<String> pairs(JsonNode report) {
        List<String> pairs = new ArrayList<>();
        report.at("/pairs").forEach(pair -> pairs.add(pair.at("/a").asText() + "/" + pair.at("/b").asText()));
        return pairs;
    }

    /** The file holds a header, the pairs, and the ten random pairs of the ceiling. */
    @Test
    void finishedPairsAreNotComparedAgain() throws IOException {
        Path out = Files.createDirectories(directory.resolve("missing/out"));
        JsonNode before = json("first", "moved", "--out", out.toString());
        List<String> lines = Files.readAllLines(out.resolve("finished-pairs.txt"));
        assertThat(lines).hasSize(1 + 1 + 10);
        assertThat(json("first", "moved", "--out", out.toString())).isEqualTo(before);
        assertThat(Files.readAllLines(out.resolve("finished-pairs.txt"))).isEqualTo(lines);
        json("first", "moved", "swapped", "--out", out.toString());
        assertThat(Files.readAllLines(out.resolve("finished-pairs.txt"))).hasSize(1 + 3 + 10);
        write("moved", LayerTopology.of(4, new int[]{0, 3}, new int[]{2, 3}), straight());
        json("first", "moved", "swapped", "--out", out.toString());
        assertThat(Files.readAllLines(out.resolve("finished-pairs.txt"))).hasSize(1 + 3 + 2 + 10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "2|first|one network to compare, expected two or more",
            "2|run --epochs 5|one network to compare, expected two or more",
            "2||Missing required parameter: 'PATH",
            "2|first moved --cvs x|Unknown option: '--cvs'",
            "2|first moved --threads 0|--threads is 0, expected 1 or more",
            "2|first moved --output other|'--output'",
            "2|first moved --epochs last|'last' is no epoch",
            "2|first moved --heat-map /|expected the name of a file",
            "2|run --epoch 5 --against=first|one network to compare",
            "2|run --epoch 5 run --against=first|no two networks to compare: expected a PATH with several epochs",
            "2|run --against runs|no two networks to compare: expected several PATHs",
            "2|run --against=first --heat-map map|--heat-map draws all pairs",
            "2|run --against last|'--against'",
            "1|first moved --out first/weight_l0.npz|it is a file; expected a directory",
            "1|first nowhere|nowhere: no such directory",
            "1|first empty|empty: holds neither weight_l0.npz nor epoch_NNN nor run.json",
            "1|first corrupt|corrupt/weight_l1.npz",
            "1|first unchained|unchained/weight_l1.npz: 2 rows, but layer 0 has 3 outputs",
            "1|first run --epoch 0|first: a single network without epochs",
            "1|first run --epochs all|first: a single network without epochs",
            "1|run run --epoch 7|run: no epoch 7; saved are 0, 5",
            "1|first wide|wide: the first has 4 inputs and the second 5",
            "1|first deep|deep: the first has 2 layers and the second 3",
            "1|first moved --csv missing/file.csv|there is no directory",
            "1|first moved --csv empty|it is a directory",
            "1|first moved --heat-map missing/map|there is no directory"})
    void mistakesAreOneLineAndAnExitCode(int exitCode, String arguments, String message) {
        InProcess.Result result = distance(arguments == null ? new String[0] : arguments.split(" "));
        assertThat(result.err()).contains(message).startsWith("filigree: ").doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(exitCode == 1 ? 1 : 3);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void failedFileLeavesNothingBehind() throws IOException {
        Path csv = directory.resolve("distances.csv");
        Files.writeString(csv, "old");
        assertThat(distance("first", "wide", "--csv", csv.toString()).exitCode()).isEqualTo(1);
        assertThat(csv).hasContent("old");
    }

    private JsonNode json(String... arguments) throws IOException {
        InProcess.Result result = distance(Stream.concat(Stream.of("--json"), Stream.of(arguments))
                .toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    /** Runs the command; what names a test network or a file in the test's directory is made a path. */
    private InProcess.Result distance(String... arguments) {
        List<String> all = new ArrayList<>(List.of("distance"));
        for (String argument : arguments) {
            boolean inDirectory = Files.exists(directory.resolve(argument))
                    || argument.matches("nowhere|missing/.*");
            all.add(inDirectory ? directory.resolve(argument).toString() : argument);
        }
        return InProcess.filigree(all.toArray(String[]::new));
    }

    private static LayerTopology straight() {
        return LayerTopology.of(2, new int[]{0}, new int[]{1});
    }

    /** Closes the layers. */
    private void write(String name, LayerTopology... layers) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name));
        List<LayerWeights> weights = new ArrayList<>();
        for (LayerTopology layer : layers) {
            FloatArray values = FloatArray.allocate(layer.connections(), "weights");
            for (long k = 0; k < layer.connections(); k++) {
                values.set(k, 1);
            }
            weights.add(new LayerWeights(layer, values, null));
        }
        // Layer by layer, for some of these networks are wrong on purpose.
        for (int l = 0; l < weights.size(); l++) {
            NetworkFiles.writeLayer(target, l, weights.get(l).topology(), weights.get(l).weights(), null);
        }
        weights.forEach(LayerWeights::close);
    }
}
