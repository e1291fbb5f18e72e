package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any two networks: random ones, of random shapes, with empty rows and full rows. */
class DistancePropertiesTest {
    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    private static NetworkTopology random(Random random, int[] sizes) {
        List<LayerTopology> layers = new ArrayList<>();
        for (int l = 1; l < sizes.length; l++) {
            int inputs = sizes[l - 1];
            double density = random.nextDouble() * random.nextDouble();
            int[][] incoming = new int[sizes[l]][];
            for (int j = 0; j < incoming.length; j++) {
                double share = switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> 1;
                    default -> density;
                };
                incoming[j] = IntStream.range(0, inputs).filter(s -> random.nextDouble() < share).toArray();
            }
            layers.add(LayerTopology.of(inputs, incoming));
        }
        return new NetworkTopology(layers);
    }

    private static int[] sizes(Random random) {
        return random.ints(2 + random.nextInt(4), 1, 30).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void distancesLieBetweenZeroAndOneAndAreExact(int seed) {
        Random random = new Random(seed);
        int[] sizes = sizes(random);
        int[] others = random.ints(sizes.length, 1, 30).toArray();
        others[0] = sizes[0];
        try (NetworkTopology a = random(random, sizes); NetworkTopology b = random(random, others)) {
            for (LayerDistance layer : NetworkDistance.between(a, b, OutputNeurons.MATCHED).layers()) {
                assertThat(layer.distance()).isBetween(0.0, 1.0);
                assertThat(layer.gap()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void firstLayerIsSymmetric(int seed) {
        Random random = new Random(seed);
        int[] sizes = sizes(random);
        try (NetworkTopology a = random(random, sizes); NetworkTopology b = random(random, sizes)) {
            assertThat(NetworkDistance.between(a, b, OutputNeurons.MATCHED).layers().getFirst().distance()).isCloseTo(
                    NetworkDistance.between(b, a, OutputNeurons.MATCHED).layers().getFirst().distance(),
                    within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void networkIsItselfNeuronByNeuron(int seed) {
        Random random = new Random(seed);
        try (NetworkTopology a = random(random, sizes(random))) {
            for (OutputNeurons outputs : OutputNeurons.values()) {
                for (LayerDistance layer : NetworkDistance.between(a, a, outputs).layers()) {
                    assertThat(layer).isEqualTo(new LayerDistance(0, Matching.identity(layer.matching().rows()), 0));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void renamedNetworkIsTheSame(int seed) {
        Random random = new Random(seed);
        try (NetworkTopology a = random(random, sizes(random));
                NetworkTopology b = TestTopologies.withShuffledHiddenNeurons(a, random)) {
            for (OutputNeurons outputs : OutputNeurons.values()) {
                assertThat(NetworkDistance.between(a, b, outputs).distance()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void refinementNeverRaisesTheMean(int seed) {
        Random random = new Random(seed);
        int[] sizes = sizes(random);
        try (NetworkTopology a = random(random, sizes);
                NetworkTopology b = random(random, sizes);
                WorkerPool pool = new WorkerPool(1)) {
            for (OutputNeurons outputs : OutputNeurons.values()) {
                NetworkDistance start = NetworkDistance.between(a, b, outputs);
                NetworkDistance refined = JointMatching.refine(a, b, outputs, start, pool);
                assertThat(refined.distance()).isLessThanOrEqualTo(start.distance());
                assertThat(refined.layers()).extracting(layer -> layer.matching().rows())
                        .isEqualTo(start.layers().stream().map(layer -> layer.matching().rows()).toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void toleranceIsKept(int seed) {
        Random random = new Random(seed);
        int[] sizes = sizes(random);
        try (NetworkTopology a = random(random, sizes);
                NetworkTopology b = random(random, sizes);
                WorkerPool pool = new WorkerPool(1)) {
            LayerDistance exact = NetworkDistance.between(a, b, OutputNeurons.MATCHED).layers().getFirst();
            LayerDistance near = NetworkDistance.between(a, b, OutputNeurons.MATCHED, 0.01, pool).layers().getFirst();
            assertThat(near.gap()).isBetween(0.0, 0.01);
            assertThat(near.distance()).isBetween(exact.distance() - 1e-12, exact.distance() + near.gap() + 1e-12);
        }
    }
}
