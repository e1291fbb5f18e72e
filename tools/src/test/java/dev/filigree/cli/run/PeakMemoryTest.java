package dev.filigree.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    @Test
    void readsTheHighWaterMark() {
        assertThat(PeakMemory.parse(List.of("Name:\tjava", "VmHWM:\t  270336 kB"))).isEqualTo(270336L * 1024);
    }

    @Test
    void missingMarkIsUnknown() {
        assertThat(PeakMemory.parse(List.of("Name:\tjava"))).isNull();
    }
}
