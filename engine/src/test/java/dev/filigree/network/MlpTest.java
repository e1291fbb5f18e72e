package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Making networks, good and bad, and that no off-heap memory stays behind. */
class MlpTest {
    private static final Initializer HE = new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY);
    private static final Sparsity HALF = new Sparsity.Density(0.5);

    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    @Test
    void randomNetworkHasTheShapesAndWeightsAskedFor() {
        try (Mlp mlp = random(20, spec(30, HALF), spec(40, null))) {
            assertThat(mlp.depth()).isEqualTo(2);
            assertThat(mlp.inputs()).isEqualTo(20);
            assertThat(mlp.outputs()).isEqualTo(40);
            assertThat(mlp.layer(0)).isInstanceOf(SparseLayer.class);
            assertThat(mlp.layer(1)).isInstanceOf(DenseLayer.class);
            assertThat(mlp.layer(0).connections()).isBetween(200L, 400L);
            assertThat(mlp.connections()).isEqualTo(mlp.layer(0).connections() + 1200);
            for (Layer layer : mlp.layers()) {
                try (FloatArray weights = layer.copyWeights()) {
                    assertThat(weights.toArray()).doesNotContain(0f);
                }
                assertThat(layer.bias().toArray()).containsOnly(0f);
            }
        }
    }

    @Test
    void layersOfOneShapeDrawIndependentConnectionsAndWeights() {
        try (Mlp mlp = random(30, spec(30, HALF), spec(30, HALF), spec(40, null), spec(40, null));
                LayerTopology first = mlp.layer(0).copyTopology();
                LayerTopology second = mlp.layer(1).copyTopology();
                FloatArray third = mlp.layer(2).copyWeights();
                FloatArray fourth = mlp.layer(3).copyWeights()) {
            assertThat(first.sameConnections(second)).isFalse();
            assertThat(third.toArray()).isNotEqualTo(Arrays.copyOf(fourth.toArray(), 1200));
        }
    }

    @Test
    void weightsSurviveTheWayThroughTheOutgoingOrder() {
        try (Mlp mlp = random(30, spec(30, HALF), spec(30, HALF))) {
            for (Layer layer : mlp.layers()) {
                try (FloatArray given = FloatArray.allocate(layer.connections(), "given")) {
                    for (long k = 0; k < given.length(); k++) {
                        given.set(k, (float) (k + 1));
                    }
                    layer.setWeights(given);
                    try (FloatArray back = layer.copyWeights()) {
                        assertThat(back.toArray()).isEqualTo(given.toArray());
                    }
                }
            }
        }
    }

    @Test
    void weightsOfAnotherNumberAreRefused() {
        try (Mlp mlp = random(30, spec(30, HALF), spec(30, HALF), spec(40, null));
                FloatArray tooMany = FloatArray.allocate(1000, "too many")) {
            for (Layer layer : mlp.layers()) {
                assertThatThrownBy(() -> layer.setWeights(tooMany)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("too many[1000]");
            }
        }
    }

    @Test
    void badSpecificationsAreRefused() {
        assertThatThrownBy(() -> random(0, spec(5, HALF))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one input");
        assertThatThrownBy(() -> random(5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one layer");
        assertThatThrownBy(() -> spec(0, HALF)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 neurons");
        LayerSpec dropping = new LayerSpec(5, HALF, Activation.LINEAR, new Dropout(0.2));
        assertThatThrownBy(() -> random(5, spec(5, HALF), dropping)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the output layer has Dropout[probability=0.2]");
    }

    @Test
    void topologiesThatDoNotFitTheSpecificationAreRefused() {
        try (NetworkTopology topology = new NetworkTopology(
                List.of(LayerTopology.of(3, new int[]{0, 2}, new int[]{1}), LayerTopology.of(2, new int[]{0})))) {
            assertThatThrownBy(() -> of(topology, spec(2, HALF))).hasMessageContaining("1 layers are specified");
            assertThatThrownBy(() -> of(topology, spec(2, HALF), spec(7, HALF)))
                    .hasMessage("layer 1 is specified with 7 neurons, but the topology has 1");
            assertThatThrownBy(() -> of(topology, spec(2, HALF), spec(1, null)))
                    .hasMessage("layer 1 is dense, but its topology has only 1 of 2 connections");
        }
    }

    @Test
    void layersThatThereAreNotAreNamed() {
        try (Mlp mlp = random(10, spec(10, HALF))) {
            assertThatThrownBy(() -> mlp.layer(1)).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("1");
            assertThatThrownBy(() -> mlp.layer(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** No machine has 128 TiB. */
    @Test
    void networkTooLargeForTheMemoryLeavesNothingBehind() {
        assertThatThrownBy(() -> random(10, spec(Integer.MAX_VALUE / 1024, new Sparsity.Density(1e-7)),
                spec(1 << 24, null))).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("for a network of 35,184,355,311,618 connections: ");
        try (Mlp mlp = random(10, spec(10, HALF));
                WorkerPool pool = new WorkerPool(1)) {
            assertThatThrownBy(() -> new Propagation(mlp, pool, Loss.MEAN_SQUARED_ERROR, Integer.MAX_VALUE))
                    .isInstanceOf(OutOfMemoryError.class);
        }
    }

    private static LayerSpec spec(int neurons, @Nullable Sparsity sparsity) {
        return new LayerSpec(neurons, sparsity, Activation.RELU, Dropout.NONE);
    }

    private static Mlp random(int inputs, LayerSpec... specs) {
        return Mlp.random(inputs, List.of(specs), HE, 1, TestNetworks.compute(TestNetworks.VECTOR));
    }

    private static Mlp of(NetworkTopology topology, LayerSpec... specs) {
        return Mlp.of(List.of(specs), topology, TestNetworks.compute(TestNetworks.VECTOR));
    }
}
