package dev.filigree.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @Test
    void namesWhatDistortsOpenBlas() {
        Manifest here = Manifest.current();
        Manifest distorted = new Manifest(here.date(), here.commit(), here.machine(), here.vectorBits(), here.caches(),
                here.jvmFlags(), Map.of("OPENBLAS_CORETYPE", "Haswell", "OPENBLAS_NUM_THREADS", "1"));
        assertThat(distorted.distortions()).containsExactly("OPENBLAS_CORETYPE=Haswell");
    }

    @Test
    void tellsProcessorAndFlags(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("machine.json");
        Manifest here = Manifest.current();
        here.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/machine/cpu").asText()).isEqualTo(here.machine().cpu());
        assertThat(json.at("/jvmFlags").valueStream().map(JsonNode::asText).toList())
                .isEqualTo(List.copyOf(here.jvmFlags())).contains("--add-modules=jdk.incubator.vector");
    }
}
