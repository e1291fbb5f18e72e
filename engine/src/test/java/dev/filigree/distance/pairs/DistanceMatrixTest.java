package dev.filigree.distance.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistanceMatrixTest {
    private final List<NetworkTopology> networks = new ArrayList<>();

    @BeforeEach
    void makeNetworks() {
        for (int k = 0; k < 6; k++) {
            networks.add(RandomNetworks.of(k, 30, 40, 35, 8));
        }
    }

    @AfterEach
    void closeNetworks() {
        networks.forEach(NetworkTopology::close);
    }

    private static DistanceMatrix matrix(List<NetworkTopology> networks, OutputNeurons outputNeurons, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return DistanceMatrix.of(networks, DistanceMethod.exact(outputNeurons), pool);
        }
    }

    @Test
    void holdsTheDistanceOfEveryPair() {
        DistanceMatrix matrix = matrix(networks, OutputNeurons.MATCHED, 2);
        for (int i = 0; i < 6; i++) {
            for (int j = i + 1; j < 6; j++) {
                NetworkDistance pair = NetworkDistance.between(networks.get(i), networks.get(j), OutputNeurons.MATCHED);
                assertThat(matrix.distance(i, j)).isEqualTo(pair.distance());
                assertThat(matrix.layerDistance(1, i, j)).isEqualTo(pair.layers().get(1).distance());
            }
        }
    }

    @Test
    void isSymmetricWithZeroDiagonal() {
        DistanceMatrix matrix = matrix(networks, OutputNeurons.PINNED, 2);
        for (int i = 0; i < 6; i++) {
            assertThat(matrix.distance(i, i)).isZero();
            for (int j = 0; j < i; j++) {
                assertThat(matrix.distance(i, j)).isEqualTo(matrix.distance(j, i)).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 20})
    void isTheSameForAnyNumberOfThreads(int threads) {
        DistanceMatrix one = matrix(networks, OutputNeurons.MATCHED, 1);
        assertThat(matrix(networks, OutputNeurons.MATCHED, threads).toArray()).isDeepEqualTo(one.toArray());
    }

    @Test
    void everyMatchingIsProvenOptimal() {
        assertThat(matrix(networks, OutputNeurons.MATCHED, 1).largestGap()).isLessThan(1e-12);
    }

    @Test
    void oneNetworkGivesOneZero() {
        assertThat(matrix(networks.subList(0, 1), OutputNeurons.MATCHED, 1).toArray())
                .isDeepEqualTo(new double[][]{{0}});
    }

    @Test
    void namesTheNetworkWhoseDepthDiffers() {
        networks.set(4, RandomNetworks.of(32, 30, 40, 8)).close();
        assertThatThrownBy(() -> matrix(networks, OutputNeurons.MATCHED, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("networks 0 and 4")
                .hasMessageContaining("2 layers");
    }
}
