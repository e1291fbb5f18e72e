package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import dev.filigree.evolution.rewiring.SmallestMagnitudes;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.network.OwnedConnections;
import dev.filigree.network.SparseLayer;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.ChiSquare;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rewiring after the other against the rule of the paper, applied to a sorted map. */
class SetEvolutionTest {
    private static final Initializer HE = new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY);

    private final SplittableRandom random = new SplittableRandom(23);
    private final WorkerPool pool = new WorkerPool(1);
    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        pool.close();
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    @ParameterizedTest
    @CsvSource({"30,40,0.2,0.3", "40,30,0.9,0.3", "1,50,0.5,0.5", "50,1,0.5,0.5", "200,100,0.02,0.25",
            "20,20,0.99,0.7", "20,20,0.3,0.99", "64,64,0.1,0.001"})
    void removesTheSmallestOfEachSignAndKeepsTheRest(int inputs, int outputs, double density, double zeta) {
        for (boolean first : new boolean[]{true, false}) {
            try (TestLayer layer = TestLayer.random(inputs, outputs, density, first, random)) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    Map<Long, TestLayer.Link> before = layer.links();
                    List<Long> victims = victims(before, zeta);
                    long rewired = layer.evolve(PruneAndGrow.set(zeta, HE), random.nextLong(), pool);
                    assertThat(rewired).isEqualTo(victims.size());
                    assertFollowsTheRule(before, victims, layer);
                    for (TestLayer.Link link : newLinks(before, victims, layer)) {
                        assertThat((double) Math.abs(link.weight())).isLessThanOrEqualTo(layer.heLimit());
                    }
                }
            }
        }
    }

    /** The denser ones run dense. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.8})
    void momentsStayWithTheirConnections(double density) {
        for (boolean first : new boolean[]{true, false}) {
            try (TestLayer layer = TestLayer.random(40, 30, density, first, random)) {
                layer.keepSecondMoments(random);
                for (int epoch = 0; epoch < 3; epoch++) {
                    Map<Long, TestLayer.Link> before = layer.links();
                    List<Long> victims = victims(before, 0.3);
                    assertThat(layer.evolve(PruneAndGrow.set(0.3, HE), random.nextLong(), pool))
                            .isEqualTo(victims.size());
                    assertFollowsTheRule(before, victims, layer);
                    assertThat(layer.links().values().stream()
                            .filter(link -> link.velocity() != 0 && link.secondMoment() != 0).count())
                            .isGreaterThan(before.size() / 4);
                }
            }
        }
    }

    @Test
    void zerosGoToo() {
        for (boolean first : new boolean[]{true, false}) {
            try (TestLayer layer = TestLayer.random(20, 20, 0.5, first, random)) {
                layer.changeWeights((k, w) -> k % 3 == 0 ? 0f : k % 3 == 1 ? -0f : w);
                Map<Long, TestLayer.Link> before = layer.links();
                List<Long> victims = victims(before, 0.3);
                assertThat(victims.size()).isGreaterThan(before.size() * 2 / 3);
                assertThat(layer.evolve(PruneAndGrow.set(0.3, null), random.nextLong(), pool))
                        .isEqualTo(victims.size());
                assertFollowsTheRule(before, victims, layer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, -1, Float.MIN_VALUE, Float.MAX_VALUE})
    void amongEqualWeightsTheExactNumberGoes(float weight) {
        try (TestLayer layer = TestLayer.random(20, 20, 0.5, false, random)) {
            layer.changeWeights((k, w) -> weight);
            Map<Long, TestLayer.Link> before = layer.links();
            long expected = (long) Math.floor(0.3 * before.size());
            assertThat(layer.evolve(PruneAndGrow.set(0.3, null), random.nextLong(), pool)).isEqualTo(expected);
            assertThat(layer.links()).hasSameSizeAs(before);
            assertThat(layer.links().values().stream().filter(link -> link.weight() == weight).count())
                    .isEqualTo(before.size() - expected);
        }
    }

    @Test
    void grownConnectionsStartAtZeroIfNoInitializerIsGiven() {
        try (TestLayer layer = TestLayer.random(30, 30, 0.3, false, random)) {
            Map<Long, TestLayer.Link> before = layer.links();
            List<Long> victims = victims(before, 0.4);
            layer.evolve(PruneAndGrow.set(0.4, null), random.nextLong(), pool);
            assertThat(newLinks(before, victims, layer)).hasSameSizeAs(victims)
                    .allMatch(link -> link.weight() == 0 && link.velocity() == 0);
        }
    }

    /** What it loses could only grow where it was. */
    @ParameterizedTest
    @CsvSource({"12,9", "1,1"})
    void completeLayerStaysAsItIs(int inputs, int outputs) {
        try (TestLayer layer = TestLayer.random(inputs, outputs, 1, false, random)) {
            Map<Long, TestLayer.Link> before = layer.links();
            assertThat(layer.evolve(PruneAndGrow.set(0.9, HE), random.nextLong(), pool)).isZero();
            assertThat(layer.links()).isEqualTo(before);
        }
    }

    @Test
    void layerWithOneFreePlaceMovesConnectionsThereAndBack() {
        int[][] rows = {{0, 1, 2}, {0, 2}, {0, 1, 2}};
        boolean moved = false;
        for (int repeat = 0; repeat < 20; repeat++) {
            try (TestLayer layer = TestLayer.of(3, rows, false, random)) {
                Map<Long, TestLayer.Link> before = layer.links();
                List<Long> victims = victims(before, 0.7);
                layer.evolve(PruneAndGrow.set(0.7, HE), random.nextLong(), pool);
                assertFollowsTheRule(before, victims, layer);
                moved |= layer.links().containsKey(4L);
            }
        }
        assertThat(moved).isTrue();
    }

    @Test
    void zetaZeroAndEmptyLayersChangeNothing() {
        try (TestLayer layer = TestLayer.random(20, 20, 0.3, true, random);
                TestLayer empty = TestLayer.random(20, 20, Double.MIN_VALUE, false, random)) {
            Map<Long, TestLayer.Link> before = layer.links();
            assertThat(layer.evolve(PruneAndGrow.set(0, HE), random.nextLong(), pool)).isZero();
            assertThat(layer.links()).isEqualTo(before);
            assertThat(empty.evolve(PruneAndGrow.set(0.3, HE), random.nextLong(), pool)).isZero();
            assertThat(empty.links()).isEmpty();
        }
    }

    @Test
    void emptyAndFullRowsAndColumnsTakePart() {
        int[][] rows = {{}, {0, 1, 2, 3}, {}, {3}, {0, 1, 2, 3}, {}};
        for (int repeat = 0; repeat < 200; repeat++) {
            try (TestLayer layer = TestLayer.of(4, rows, repeat % 2 == 0, random)) {
                Map<Long, TestLayer.Link> before = layer.links();
                List<Long> victims = victims(before, 0.6);
                layer.evolve(PruneAndGrow.set(0.6, HE), random.nextLong(), pool);
                assertFollowsTheRule(before, victims, layer);
            }
        }
    }

    /** The places a connection has just left are free as well. */
    @Test
    void everyFreePlaceIsEquallyLikelyToGrow() {
        int places = 8 * 6;
        long[] counts = new long[places];
        int[][] rows = {{0, 1, 2, 3, 4, 5, 6, 7}, {}, {0, 7}, {3, 4, 5}, {}, {1, 6}};
        List<Long> free = new ArrayList<>();
        try (TestLayer layer = TestLayer.of(8, rows, false, random)) {
            float[] weights = layer.weights();
            for (int repeat = 0; repeat < 800; repeat++) {
                try (TestLayer copy = TestLayer.of(8, rows, false, random)) {
                    copy.changeWeights((k, w) -> weights[k]);
                    Map<Long, TestLayer.Link> before = copy.links();
                    List<Long> victims = victims(before, 0.5);
                    copy.evolve(PruneAndGrow.set(0.5, null), random.nextLong(), pool);
                    copy.links().forEach((place, link) -> {
                        if (!before.containsKey(place) || victims.contains(place)) {
                            counts[(int) (long) place]++;
                        }
                    });
                    if (repeat == 0) {
                        for (long place = 0; place < places; place++) {
                            if (!before.containsKey(place) || victims.contains(place)) {
                                free.add(place);
                            }
                        }
                    }
                }
            }
        }
        assertThat(ChiSquare.excess(free.stream().mapToLong(place -> counts[(int) (long) place]).toArray()))
                .isBetween(-5.0, 5.0);
    }

    /** 40 billion places: a matrix of bits alone would take 5 GB. */
    @Test
    void costIsProportionalToTheConnections() {
        int neurons = 200_000;
        try (TestLayer layer = TestLayer.random(neurons, neurons, 1e-5, false, random)) {
            long connections = layer.layer().connections();
            assertThat(connections).isBetween(390_000L, 410_000L);
            long heldBefore = OffHeapMemory.bytesInUse();
            long heapBefore = allocatedBytes();
            long rewired = layer.evolve(PruneAndGrow.set(0.3, HE), random.nextLong(), pool);
            assertThat(rewired).isBetween(connections * 3 / 10 - 2, connections * 3 / 10);
            assertThat(allocatedBytes() - heapBefore).isLessThan(50_000_000);
            // What the kernels keep aside follows the longest row.
            assertThat(OffHeapMemory.bytesInUse() - heldBefore).isBetween(-10_000L, 10_000L);
            assertThat(layer.layer().connections()).isEqualTo(connections);
        }
    }

    @Test
    void oneSeedGivesOneRewiring() {
        try (TestLayer first = TestLayer.random(30, 30, 0.2, false, new SplittableRandom(1));
                TestLayer again = TestLayer.random(30, 30, 0.2, false, new SplittableRandom(1));
                TestLayer other = TestLayer.random(30, 30, 0.2, false, new SplittableRandom(1))) {
            first.evolve(PruneAndGrow.set(0.3, HE), 5, pool);
            again.evolve(PruneAndGrow.set(0.3, HE), 5, pool);
            other.evolve(PruneAndGrow.set(0.3, HE), 6, pool);
            assertThat(again.links()).isEqualTo(first.links());
            assertThat(other.links()).isNotEqualTo(first.links());
        }
    }

    /** What was published with a seed can be reproduced with it. */
    @Test
    void bitsAreThoseOfEarlierVersions() {
        Sparsity density = new Sparsity.Density(0.2);
        int hash = 1;
        try (Mlp mlp = Mlp.random(40,
                List.of(new LayerSpec(50, density, Activation.RELU, Dropout.NONE),
                        new LayerSpec(30, density, Activation.RELU, Dropout.NONE)),
                HE, 1, TestNetworks.compute(TestNetworks.VECTOR))) {
            for (Layer layer : mlp.layers()) {
                for (long key = 7; key < 10; key++) {
                    PruneAndGrow.set(0.3, HE).evolve(
                            List.of(new EvolvingLayer((SparseLayer) layer, true, key, null)),
                            new TrainingProgress(1, 1, 1, 2), pool);
                }
                try (FloatArray weights = layer.copyWeights(); LayerTopology topology = layer.copyTopology()) {
                    hash = 31 * hash + Arrays.hashCode(topology.sources().toArray());
                    hash = 31 * hash + Arrays.hashCode(weights.toArray());
                }
            }
        }
        assertThat(hash).isEqualTo(-124946646);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesAZetaThatIsNoFraction(double zeta) {
        assertThatThrownBy(() -> PruneAndGrow.set(zeta, null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zeta is " + zeta);
    }

    /** Ties within one share and across shares, signs, zeros: every worker's part of the answer. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8})
    void anyNumberOfWorkersGivesTheSameBits(double density) {
        for (boolean first : new boolean[]{true, false}) {
            for (PruneAndGrow rule : List.of(PruneAndGrow.set(0.3, HE), PruneAndGrow.set(0.8, null))) {
                Map<Long, TestLayer.Link> alone = evolvedThrice(density, first, rule, 1);
                for (int threads : new int[]{2, 3, 5}) {
                    assertThat(evolvedThrice(density, first, rule, threads)).isEqualTo(alone);
                }
            }
        }
    }

    private static Map<Long, TestLayer.Link> evolvedThrice(double density, boolean first, PruneAndGrow rule,
            int threads) {
        try (WorkerPool workers = new WorkerPool(threads);
                TestLayer layer = TestLayer.random(90, 70, density, first, new SplittableRandom(9))) {
            layer.changeWeights((k, w) -> Math.round(w * 8) / 8f);
            layer.keepSecondMoments(new SplittableRandom(10));
            for (int epoch = 0; epoch < 3; epoch++) {
                layer.evolve(rule, epoch, workers);
            }
            return layer.links();
        }
    }

    /** The forward sweep reads a copy of the weights in the other order. */
    @Test
    void bothOrdersHoldTheSameConnectionsAndWeights() {
        try (TestLayer layer = TestLayer.random(60, 50, 0.3, false, random)) {
            layer.evolve(PruneAndGrow.set(0.4, HE), 1, pool);
            Map<Long, Float> incoming = new TreeMap<>();
            layer.links().forEach((place, link) -> incoming.put(place, link.weight()));
            Map<Long, Float> owned = new TreeMap<>();
            OwnedConnections outgoing = layer.layer().owned();
            for (int i = 0; i < outgoing.near(); i++) {
                for (long k = outgoing.starts().get(i); k < outgoing.starts().get(i + 1L); k++) {
                    owned.put(outgoing.neighbours().get(k) * 60L + i, outgoing.weights().get(k));
                }
            }
            assertThat(owned).isEqualTo(incoming);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.999})
    void numbersOfVictimsAreRoundedDownBySign(double fraction) {
        long[] shares = {0, 10};
        try (FloatArray weights = FloatArray.copyOf(new float[]{3, -1, 2, -2, 1, 5, -7, 4, 6, 7}, "weights")) {
            assertThat(SmallestMagnitudes.ofEachSign(weights, shares, fraction, pool).total())
                    .isEqualTo((long) (fraction * 7) + (long) (fraction * 3));
        }
    }

    @Test
    void rewiringMillionsOfConnectionsTakesAFractionOfASecond() {
        try (TestLayer layer = TestLayer.random(20_000, 20_000, 0.005, false, random)) {
            PruneAndGrow set = PruneAndGrow.set(0.3, HE);
            layer.evolve(set, 1, pool);
            assertTimeout(Duration.ofSeconds(1), () -> layer.evolve(set, 2, pool));
        }
    }

    private static void assertFollowsTheRule(Map<Long, TestLayer.Link> before, List<Long> victims, TestLayer layer) {
        Map<Long, TestLayer.Link> after = layer.links();
        assertThat(after).hasSameSizeAs(before);
        before.forEach((place, link) -> {
            if (!victims.contains(place)) {
                assertThat(after).containsEntry(place, link);
            }
        });
        assertThat(newLinks(before, victims, layer)).hasSameSizeAs(victims)
                .allMatch(link -> link.velocity() == 0 && link.secondMoment() == 0);
    }

    /** The connections that stand where none was kept. */
    private static List<TestLayer.Link> newLinks(Map<Long, TestLayer.Link> before, List<Long> victims,
            TestLayer layer) {
        Map<Long, TestLayer.Link> grown = new TreeMap<>(layer.links());
        grown.keySet().removeIf(place -> before.containsKey(place) && !victims.contains(place));
        return List.copyOf(grown.values());
    }

    /** The rule by sorting: zeros, and the given fraction of each sign, nearest to 0 first. */
    private static List<Long> victims(Map<Long, TestLayer.Link> links, double zeta) {
        List<Long> victims = new ArrayList<>();
        for (int sign = -1; sign <= 1; sign++) {
            float wanted = sign;
            List<Long> ofSign = links.entrySet().stream()
                    .filter(entry -> Math.signum(entry.getValue().weight()) == wanted)
                    .sorted((a, b) -> Float.compare(Math.abs(a.getValue().weight()), Math.abs(b.getValue().weight())))
                    .map(Map.Entry::getKey).toList();
            victims.addAll(sign == 0 ? ofSign : ofSign.subList(0, (int) Math.floor(zeta * ofSign.size())));
        }
        return victims;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
