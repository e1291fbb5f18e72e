package dev.filigree.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.dense.DenseBackends;
import dev.filigree.dense.JavaDenseBackend;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchWarningsTest {
    @Test
    void idleMachineWithOpenBlasGivesNone() {
        assertThat(BenchWarnings.about(DenseBackends.best(), Map.of("PATH", "/bin"), 1.2)).isEmpty();
        assertThat(BenchWarnings.about(DenseBackends.best(), Map.of(), -1)).as("load unknown").isEmpty();
    }

    @Test
    void missingOpenBlasIsTold() {
        assertThat(BenchWarnings.about(new JavaDenseBackend(), Map.of(), 0)).singleElement().asString()
                .contains("plain Java loops instead of OpenBLAS");
    }

    @Test
    void variablesThatChangeOpenBlasAreNamed() {
        assertThat(BenchWarnings.about(DenseBackends.best(),
                Map.of("OPENBLAS_CORETYPE", "Haswell", "OPENBLAS_L2_SIZE", "512"), 0)).satisfiesExactly(
                        warning -> assertThat(warning).startsWith("OPENBLAS_CORETYPE=Haswell is set"),
                        warning -> assertThat(warning).startsWith("OPENBLAS_L2_SIZE=512 is set"));
    }

    @Test
    void busyMachineIsTold() {
        assertThat(BenchWarnings.about(DenseBackends.best(), Map.of(), 1.6)).singleElement().asString()
                .contains("busy (load average 1.6)");
    }
}
