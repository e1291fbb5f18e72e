package dev.filigree.distance.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.DistanceCeiling.Estimate;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistanceCeilingTest {
    private static NetworkTopology network(int inputs, int outputs, double density) {
        return new NetworkTopology(
                List.of(ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), 1)));
    }

    private static DistanceCeiling ceiling(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return DistanceCeiling.of(a, b, DistanceMethod.exact(outputNeurons), 3, 0, PairLedger.NONE, pool);
        }
    }

    /** The layers of the NNSTD paper: 5 inputs of 784 on average. Not 1, for the matching finds what there is. */
    @Test
    void independentLayersOfThePaperScoreWellBelowOne() {
        try (NetworkTopology paper = network(784, 784, 0.0064)) {
            Estimate layer = ceiling(paper, paper, OutputNeurons.MATCHED, 1).layers().get(0);
            assertThat(layer.mean()).isCloseTo(0.83, within(0.01));
            assertThat(layer.deviation()).isBetween(1e-5, 0.01);
        }
    }

    /** Pinned neurons find no better partner: two sets of five of 784 share a fiftieth of their union at most. */
    @Test
    void pinnedOutputNeuronsScoreNearlyOne() {
        try (NetworkTopology paper = network(784, 784, 0.0064)) {
            assertThat(ceiling(paper, paper, OutputNeurons.PINNED, 1).mean().mean()).isBetween(0.99, 1.0);
        }
    }

    @Test
    void everyNetworkHasItsOwnNumberOfConnections() {
        // A full layer and one with a connection in ten share a tenth of what either has.
        try (NetworkTopology full = network(100, 100, 1); NetworkTopology sparse = network(100, 100, 0.1)) {
            assertThat(ceiling(full, sparse, OutputNeurons.MATCHED, 1).mean().mean())
                    .isCloseTo(1 - sparse.layer(0).density(), within(0.005));
            assertThat(ceiling(full, full, OutputNeurons.MATCHED, 1).mean()).isEqualTo(new Estimate(0, 0));
        }
    }

    @Test
    void layersWithoutConnectionsAreTheSame() {
        try (NetworkTopology empty = new NetworkTopology(List.of(LayerTopology.of(4, new int[3][0])))) {
            assertThat(ceiling(empty, empty, OutputNeurons.MATCHED, 1).mean()).isEqualTo(new Estimate(0, 0));
        }
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        try (NetworkTopology network = network(60, 50, 0.1)) {
            assertThat(ceiling(network, network, OutputNeurons.MATCHED, 2))
                    .isEqualTo(ceiling(network, network, OutputNeurons.MATCHED, 1));
        }
    }

    @Test
    void oneSampleSaysNothingAboutTheSpread() {
        try (NetworkTopology network = network(4, 4, 0.5); WorkerPool pool = new WorkerPool(1)) {
            assertThatThrownBy(
                    () -> DistanceCeiling.of(network, network, DistanceMethod.exact(OutputNeurons.MATCHED), 1, 0,
                            PairLedger.NONE, pool))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 2 or more");
        }
    }
}
