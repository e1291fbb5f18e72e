package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Transposition.Grouping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranspositionTest {
    /** In one pass, and in two where the far side is wide. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "40,60,0.2", "300,2,0.5", "2,300,0.5", "30,5000,0.01", "5000,7,0.1", "3,100000,0.001",
            "50,4097,1", "50,4096,1", "9,9,0.01"})
    void regroupsConnectionsAndValuesAsBruteForceDoes(int near, int far, double density) {
        try (LayerTopology topology = ErdosRenyi.generate(far, near, new Sparsity.Density(density), 4);
                FloatArray values = FloatArray.allocate(topology.connections(), "test values")) {
            List<List<Integer>> expected = new ArrayList<>();
            for (int j = 0; j < far; j++) {
                expected.add(new ArrayList<>());
            }
            for (int i = 0; i < near; i++) {
                for (long k = topology.rowStart(i); k < topology.rowStart(i + 1); k++) {
                    expected.get(topology.source(k)).add(i);
                    values.set(k, topology.source(k) * 64f + i);
                }
            }
            for (int threads : new int[]{1, 2, 3, 5}) {
                assertRegroups(topology, null, expected, threads);
                assertRegroups(topology, values, expected, threads);
            }
        }
    }

    private static void assertRegroups(LayerTopology topology, @Nullable FloatArray values,
            List<List<Integer>> expected,
            int threads) {
        long connections = topology.connections();
        try (WorkerPool pool = new WorkerPool(threads);
                LongArray starts = LongArray.allocate(expected.size() + 1L, "test");
                IntArray neighbours = IntArray.allocate(connections, "test");
                FloatArray moved = FloatArray.allocate(connections, "test");
                IntArray scratchFar = IntArray.allocate(connections, "test");
                IntArray scratchNear = IntArray.allocate(connections, "test");
                FloatArray scratchValues = FloatArray.allocate(connections, "test")) {
            Transposition.transpose(new Grouping(topology.rowStarts(), topology.sources(), values),
                    new Grouping(starts, neighbours, values == null ? null : moved), scratchFar, scratchNear,
                    values == null ? null : scratchValues, pool);
            long k = 0;
            for (int j = 0; j < expected.size(); j++) {
                assertThat(starts.get(j)).isEqualTo(k);
                for (int i : expected.get(j)) {
                    assertThat(neighbours.get(k)).isEqualTo(i);
                    assertThat(moved.get(k)).isEqualTo(values == null ? 0 : j * 64f + i);
                    k++;
                }
            }
            assertThat(starts.get(expected.size())).isEqualTo(k).isEqualTo(connections);
        }
    }
}
