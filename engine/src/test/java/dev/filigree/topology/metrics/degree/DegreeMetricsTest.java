package dev.filigree.topology.metrics.degree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DegreeMetricsTest {
    @Test
    void hubsHaveManyMoreConnectionsThanOthers() {
        int[] degrees = IntStream.concat(IntStream.generate(() -> 3).limit(40), IntStream.of(0, 30, 50)).toArray();
        DegreeMetrics metrics = DegreeMetrics.of(degrees, 1, 1);
        assertThat(metrics.hubs()).isEqualTo(2);
        assertThat(metrics.max()).isEqualTo(50);
        assertThat(metrics.unconnected()).isEqualTo(1);
        assertThat(metrics.mean()).isCloseTo(200 / 43.0, within(1e-12));
    }
}
