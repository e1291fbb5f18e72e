package dev.filigree.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepPointTest {
    @Test
    void ratesFollowFromTimesAndConnections() {
        // 10,000 of 1,000,000 connections, 100 samples, 4 flop: 4 MFLOP in 1 ms, and 400 MFLOP in 20 ms.
        SweepPoint point = new SweepPoint(0.01, 10_000, 100, Map.of(Pass.BACKWARD, took(1e6)),
                Map.of(Pass.BACKWARD, took(20e6)), false, took(1));
        assertThat(point.speedUp(Pass.BACKWARD)).isCloseTo(20, within(1e-9));
        assertThat(point.gflops(Pass.BACKWARD)).isCloseTo(4, within(1e-9));
        assertThat(point.denseGflops(Pass.BACKWARD)).isCloseTo(20, within(1e-9));
        assertThat(point.throughputRatio(Pass.BACKWARD)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void layerFasterThanItsFrameHasNoRates() {
        SweepPoint point = new SweepPoint(0.01, 1, 1, Map.of(Pass.FORWARD, took(-5)), Map.of(Pass.FORWARD, took(9)),
                false, took(1));
        assertThat(point.speedUp(Pass.FORWARD)).isNaN();
        assertThat(point.gflops(Pass.FORWARD)).isNaN();
    }

    @Test
    void defaultIsComparedWithTheDenseStep() {
        SweepPoint point = new SweepPoint(0.9, 9, 1, Map.of(Pass.STEP, took(40)), Map.of(Pass.STEP, took(20)), true,
                took(21));
        assertThat(point.autoOverDense()).isCloseTo(1.05, within(1e-12));
    }

    @Test
    void spreadHoldsMedianAndQuartiles() {
        Spread spread = Spread.ofNanos(List.of(5e9, 1e9, 3e9, 4e9, 2e9));
        assertThat(spread).isEqualTo(new Spread(3, 2, 4, 5));
        assertThat(spread.relative()).isCloseTo(2.0 / 3, within(1e-12));
    }

    private static Spread took(double nanos) {
        return Spread.ofNanos(List.of(nanos));
    }
}
