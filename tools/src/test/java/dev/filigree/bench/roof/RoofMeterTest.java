package dev.filigree.bench.roof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.parallel.WorkerPool;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoofMeterTest {
    /** More than any core can do: a loop that the JIT compiler has dropped would pass it. */
    private static final double IMPOSSIBLE = 5_000;

    /** The tests run beside others, so what should be faster may be slower by this much. */
    private static final double SLACK = 0.7;

    @Test
    void roofsArePossibleAndInOrder() {
        try (WorkerPool pool = new WorkerPool(1)) {
            Roofs roofs = new RoofMeter(pool, 5_000_000, CacheSizes.current()).measure(new TreeSet<>(List.of(500)),
                    100);
            assertThat(roofs.fmaGflops()).isBetween(0.1, IMPOSSIBLE);
            assertThat(roofs.reads()).extracting(Roofs.Read::level).startsWith("L1", "L2").endsWith("DRAM");
            assertThat(roofs.reads()).allSatisfy(
                    read -> assertThat(read.gigabytesPerSecond()).isBetween(0.1, IMPOSSIBLE));
            assertThat(roofs.reads().getFirst().gigabytesPerSecond())
                    .isGreaterThan(SLACK * roofs.reads().getLast().gigabytesPerSecond());
            Roofs.Gather gather = roofs.gather(500);
            assertThat(gather.gigabytesPerSecond()).isBetween(0.1, IMPOSSIBLE);
            assertThat(gather.rowBytes()).as("100 floats, in whole rows of the probe").isGreaterThanOrEqualTo(400);
        }
    }
}
