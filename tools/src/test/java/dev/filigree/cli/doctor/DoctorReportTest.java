package dev.filigree.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DoctorReportTest {
    private static final CpuReport AVX512 = new CpuReport("cpu", 2, true, true);
    private static final CpuReport AVX2 = new CpuReport("cpu", 2, true, false);
    private static final VectorReport WIDE = new VectorReport(true, 512);

    @Test
    void wellUsedMachineHasNoWarnings() {
        assertThat(report(AVX512, WIDE, openBlas("SkylakeX"), null).warnings()).isEmpty();
        assertThat(report(AVX2, new VectorReport(true, 256), openBlas("Zen"), null).warnings()).isEmpty();
    }

    @Test
    void avx512LeftUnusedByOpenBlasIsAWarning() {
        assertThat(report(AVX512, WIDE, openBlas("Haswell"), null).warnings()).singleElement().asString()
                .contains("AVX-512", "Haswell");
    }

    @Test
    void avx2LeftUnusedByOpenBlasIsAWarning() {
        assertThat(report(AVX2, WIDE, openBlas("Sandybridge"), null).warnings()).singleElement().asString()
                .contains("AVX2", "Sandybridge");
    }

    @Test
    void forcedCoreTypeIsAWarning() {
        assertThat(report(AVX512, WIDE, openBlas("SkylakeX"), "SkylakeX").warnings()).singleElement().asString()
                .contains("OPENBLAS_CORETYPE=SkylakeX");
    }

    @Test
    void narrowJvmVectorsOnAvx512AreAWarning() {
        assertThat(report(AVX512, new VectorReport(true, 256), openBlas("SkylakeX"), null).warnings()).singleElement()
                .asString().contains("256 bits");
    }

    @Test
    void missingVectorModuleIsAWarning() {
        assertThat(report(AVX2, new VectorReport(false, 0), openBlas("Zen"), null).warnings()).singleElement()
                .asString().contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void backendThatDoesNotLoadIsAWarningWithItsReason() {
        DenseReport dense = new DenseReport(List.of(new DenseReport.Backend("Java", "plain", null, 3)),
                List.of("OpenBLAS cannot be loaded: no natives"));
        assertThat(report(AVX2, WIDE, dense, null).warnings()).hasSize(2).first().asString().contains("no natives");
    }

    private static DenseReport openBlas(String coreType) {
        return new DenseReport(List.of(new DenseReport.Backend("OpenBLAS", "test", coreType, 100)), List.of());
    }

    private static DoctorReport report(CpuReport cpu, VectorReport vector, DenseReport dense,
            @Nullable String forcedCoreType) {
        return new DoctorReport(JavaReport.current(), vector, new KernelReport("vector-512"), cpu,
                MemoryReport.current(), dense, new DataReport(List.of()), forcedCoreType);
    }
}
