package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.parallel.WorkerPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingIndexTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "7,5,0.3", "40,60,0.05", "60,40,0.9", "100,3,0.02", "3,100,0.5", "1000,700,0.001"})
    void holdsTheSameConnectionsSortedByInput(int inputs, int outputs, double density) {
        for (int threads : new int[]{1, 2, 3, 5}) {
            try (WorkerPool pool = new WorkerPool(threads);
                    LayerTopology topology = ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), 4);
                    OutgoingIndex index = OutgoingIndex.of(topology, pool)) {
                assertThat(index.outputs()).isEqualTo(outputs);
                assertThat(index.columnStart(0)).isZero();
                assertThat(index.columnStart(inputs)).isEqualTo(topology.connections());
                for (int i = 0; i < inputs; i++) {
                    for (long p = index.columnStart(i); p < index.columnStart(i + 1); p++) {
                        int target = index.targets().get(p);
                        long k = topology.position(target, i);
                        assertThat(k).isLessThan(topology.rowStart(target + 1));
                        assertThat(topology.source(k)).isEqualTo(i);
                        assertThat(p == index.columnStart(i) || index.targets().get(p - 1) < target).isTrue();
                    }
                }
            }
        }
    }
}
