package dev.filigree.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuReportTest {
    @Test
    void readsModelAndFlagsOfTheFirstProcessor() {
        CpuReport cpu = CpuReport.parse(List.of("processor\t: 0", "model name\t: Some CPU @ 3: GHz",
                "flags\t\t: fpu avx2 fma avx512f avx512bw avx512dq avx512vl", "", "model name\t: Other"), 8);
        assertThat(cpu).isEqualTo(new CpuReport("Some CPU @ 3: GHz", 8, true, true));
    }

    @Test
    void avx512FoundationAloneIsNotEnough() {
        assertThat(CpuReport.parse(List.of("flags\t: avx2 fma avx512f"), 1).avx512()).isFalse();
    }

    @Test
    void otherArchitecturesHaveNeither() {
        CpuReport cpu = CpuReport.parse(List.of("Features\t: fp asimd"), 4);
        assertThat(cpu.model()).startsWith("unknown");
        assertThat(cpu.avx2()).isFalse();
    }
}
