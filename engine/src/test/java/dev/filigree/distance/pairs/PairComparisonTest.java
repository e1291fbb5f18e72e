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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairComparisonTest {
    private static final PairDistance KNOWN = new PairDistance(List.of(0.25, 0.5), 0.125);

    private final List<NetworkTopology> networks = new ArrayList<>();
    private final List<NetworkPair> pairs = new ArrayList<>();

    @BeforeEach
    void makePairs() {
        for (int k = 0; k < 8; k += 2) {
            networks.add(RandomNetworks.of(k, 20, 30, 8));
            networks.add(RandomNetworks.of(k + 1, 20, 30, 8));
            pairs.add(new NetworkPair(networks.get(k), networks.get(k + 1)));
        }
    }

    @AfterEach
    void closeNetworks() {
        networks.forEach(NetworkTopology::close);
    }

    /** Knows the second pair, and fails at one if told to. */
    private final class TestLedger implements PairLedger {
        private final List<NetworkPair> entered = new ArrayList<>();
        private @Nullable NetworkPair failing;

        @Override
        public @Nullable PairDistance find(NetworkPair pair) {
            return pair.equals(pairs.get(1)) ? KNOWN : null;
        }

        @Override
        public void enter(NetworkPair pair, PairDistance distance) {
            if (pair.equals(failing)) {
                throw new UnsupportedOperationException("the ledger is full");
            }
            entered.add(pair);
        }
    }

    private List<PairDistance> compare(PairLedger ledger, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return PairComparison.of(pairs, DistanceMethod.exact(OutputNeurons.MATCHED), ledger, pool);
        }
    }

    /** Fewer pairs than threads are compared one after the other, by all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void distancesStandInTheOrderOfThePairs(int threads) {
        List<PairDistance> distances = compare(PairLedger.NONE, threads);
        assertThat(distances).hasSize(4);
        for (int k = 0; k < 4; k++) {
            NetworkDistance expected = NetworkDistance.between(pairs.get(k).a(), pairs.get(k).b(),
                    OutputNeurons.MATCHED);
            assertThat(distances.get(k).mean()).isEqualTo(expected.distance());
            assertThat(distances.get(k).layers()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void knownPairsAreNotComparedAndTheOthersEnteredOnce(int threads) {
        TestLedger ledger = new TestLedger();
        assertThat(compare(ledger, threads).get(1)).isEqualTo(KNOWN);
        assertThat(ledger.entered).containsExactlyInAnyOrder(pairs.get(0), pairs.get(2), pairs.get(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void whatTheLedgerThrowsReachesTheCallerAsItIs(int threads) {
        TestLedger ledger = new TestLedger();
        ledger.failing = pairs.get(2);
        assertThatThrownBy(() -> compare(ledger, threads)).isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the ledger is full");
    }

    @Test
    void meanIsOverTheLayers() {
        assertThat(KNOWN.mean()).isEqualTo(0.375);
    }
}
