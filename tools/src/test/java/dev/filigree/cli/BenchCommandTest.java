package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private static final String[] PICTURES = {"time-forward", "time-backward", "time-step", "roofline"};

    @TempDir
    Path directory;

    @Test
    void textHoldsRoofsTablesAndBreakEvenAndPicturesAreDrawn() throws Exception {
        Path out = directory.resolve("made/pictures");
        InProcess.Result result = InProcess.filigree("bench", "--quick", "--shapes", "96x64,64x64", "--densities",
                "5%,0.5", "--batch", "20", "--out", out.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).anyMatch(line -> line.matches(" +FMA +[\\d.]+ GFLOP/s .*"))
                .anyMatch(line -> line.matches(" +DRAM +[\\d.]+ GB/s .*"))
                .anyMatch(line -> line.startsWith("96×64, forward, batch 20, 1 thread"))
                .anyMatch(line -> line.startsWith("64×64, training step, batch 20, 1 thread"))
                .anyMatch(line -> line.startsWith("layer ")).anyMatch(line -> line.startsWith("96×64 "));
        assertThat(result.out()).containsPattern("(?m)^ *5\\.\\d\\d % ").containsPattern("(?m)^ *[45]\\d\\.\\d % ");
        for (String picture : PICTURES) {
            assertThat(ImageIO.read(out.resolve(picture + ".png").toFile()).getWidth()).isEqualTo(1800);
            assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(out.resolve(picture + ".svg").toFile()).getElementsByTagName("text").getLength())
                    .as("title, axes and ticks of " + picture).isGreaterThan(6);
        }
    }

    @Test
    void jsonHoldsMachineRoofsAndEveryPoint() throws IOException {
        InProcess.Result result = InProcess.filigree("bench", "--quick", "--json", "--shapes", "128x64", "--densities",
                "1,0.1", "--threads", "1");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.at("/machine/dense").asText()).startsWith("OpenBLAS");
        assertThat(report.at("/roofs/fmaGflops").asDouble()).isPositive();
        assertThat(report.at("/roofs/gathers").findValuesAsText("neurons")).containsExactly("64", "128");
        JsonNode shape = report.at("/shapes/0");
        assertThat(shape.at("/inputs").asInt()).isEqualTo(128);
        assertThat(shape.at("/points")).hasSize(2);
        assertThat(shape.at("/points/1/connections").asInt()).isEqualTo(128 * 64);
        assertThat(shape.at("/points/1/forward/dense/median").asDouble()).isPositive();
        for (String pass : new String[]{"forward", "backward", "step"}) {
            JsonNode timed = shape.at("/points/1/" + pass);
            assertThat(timed.at("/sparse/repetitions").asInt()).isPositive();
            assertThat(timed.at("/dense/lower").asDouble()).isLessThanOrEqualTo(timed.at("/dense/upper").asDouble());
            assertThat(shape.at("/breakEven/" + pass + "/relation").asText()).isIn("at", "above", "below");
        }
        assertThat(shape.at("/points/0/default/products").asText()).isEqualTo("sparse");
        assertThat(shape.at("/points/1/default/products").asText()).isEqualTo("dense");
        assertThat(shape.at("/points/1/default/step/repetitions").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"--shapes 1000|'1000' is no shape",
            "--shapes 1000xmany|'1000xmany' is no shape",
            "--shapes 1000x0|1000x0 is too small", "--shapes 100000x100000|at most 2,147,483,647",
            "--shapes 64xx64|'64xx64' is no shape", "--densities 0|--densities is '0'",
            "--densities 101%|--densities is '101%'",
            "--densities 0.1,much|--densities is 'much'", "--densities NaN|--densities is 'NaN'",
            "--batch 0|--batch is 0, expected 1 or more", "--threads 0|--threads is 0, expected 1 or more",
            "--threads 100000|the hardware threads of this machine", "--treads|Unknown option: '--treads'"})
    void wrongOptionsAreUsageErrors(String arguments, String message) {
        InProcess.Result result = InProcess.filigree(("bench --quick " + arguments).split(" "));
        assertThat(result.err()).startsWith("filigree: ").contains(message).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void directoryThatCannotBeMadeFailsBeforeTheWork() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        for (Path wrong : new Path[]{file, file.resolve("below")}) {
            InProcess.Result result = InProcess.filigree("bench", "--quick", "--out", wrong.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).startsWith("filigree: cannot ").contains(wrong.toString());
            assertThat(result.out()).isEmpty();
        }
    }
}
