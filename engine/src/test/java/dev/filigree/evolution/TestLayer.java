package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.LearnedValues;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.SparseLayer;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A sparse layer with random weights and velocities, first or not in its network. */
final class TestLayer implements AutoCloseable {
    /** What one connection carries. */
    record Link(float weight, float velocity, float secondMoment) {}

    /** A change of the weight at one position. */
    interface Change {
        float of(int position, float weight);
    }

    private final List<LayerSpec> specs = new ArrayList<>();
    private Mlp mlp;
    private SparseLayer layer;

    private TestLayer(LayerTopology topology, boolean first, SplittableRandom random) {
        int inputs = topology.inputs();
        LayerSpec spec = new LayerSpec(topology.outputs(), TestNetworks.SOME, Activation.RELU, Dropout.NONE);
        specs.add(spec);
        List<LayerTopology> topologies = new ArrayList<>(List.of(topology));
        if (!first) {
            specs.addFirst(new LayerSpec(inputs, TestNetworks.SOME, Activation.RELU, Dropout.NONE));
            topologies.addFirst(LayerTopology.of(1, new int[inputs][0]));
        }
        try (NetworkTopology network = new NetworkTopology(topologies)) {
            mlp = Mlp.of(specs, network, TestNetworks.compute(TestNetworks.VECTOR));
        }
        layer = (SparseLayer) mlp.layer(mlp.depth() - 1);
        learn(learned -> {
            TestNetworks.fill(learned.values(), random);
            TestNetworks.fill(learned.firstMoment(), random);
        });
    }

    /** Gives the layer other weights and moments. */
    private void learn(Consumer<LearnedValues> change) {
        Mlp old = mlp;
        try (old; NetworkState state = NetworkState.of(old)) {
            change.accept(state.layers().getLast().weights());
            mlp = state.restore(specs, TestNetworks.compute(TestNetworks.VECTOR));
            layer = (SparseLayer) mlp.layer(mlp.depth() - 1);
        }
    }

    static TestLayer random(int inputs, int outputs, double density, boolean first, SplittableRandom random) {
        return new TestLayer(ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), random.nextLong()),
                first, random);
    }

    static TestLayer of(int inputs, int[][] rows, boolean first, SplittableRandom random) {
        return new TestLayer(LayerTopology.of(inputs, rows), first, random);
    }

    /** Gives the layer moments as after steps of Adam. */
    void keepSecondMoments(SplittableRandom random) {
        mlp.keepSecondMoments(true);
        learn(learned -> {
            TestNetworks.fill(learned.firstMoment(), random);
            TestNetworks.fill(Objects.requireNonNull(learned.secondMoment()), random);
        });
    }

    /** Rewires the layer at the end of the first of ten epochs; returns how many connections were removed. */
    long evolve(Evolution evolution, long key, WorkerPool pool) {
        return evolution.evolve(List.of(new EvolvingLayer(layer, true, key, null)), new TrainingProgress(1, 10, 10, 10),
                pool)[0];
    }

    SparseLayer layer() {
        return layer;
    }

    float[] weights() {
        try (FloatArray weights = layer.copyWeights()) {
            return weights.toArray();
        }
    }

    void changeWeights(Change change) {
        try (FloatArray weights = layer.copyWeights()) {
            for (int k = 0; k < weights.length(); k++) {
                weights.set(k, change.of(k, weights.get(k)));
            }
            layer.setWeights(weights);
        }
    }

    /** What a He-uniform draw of this layer stays within. */
    double heLimit() {
        return Math.sqrt(6 / Math.max(1, (double) layer.connections() / layer.outputs())) * 1.000001;
    }

    /** Every connection by its place, row-major, with second moment 0 if they are not kept; checks on the way that none is there twice. */
    Map<Long, Link> links() {
        Map<Long, Link> links = new TreeMap<>();
        try (FloatArray weights = layer.copyWeights();
                FloatArray velocity = layer.copyVelocity();
                FloatArray second = layer.copySecondMoment()) {
            LayerTopology topology = layer.topology();
            assertThat(topology.rowStart(layer.outputs())).isEqualTo(weights.length());
            for (int j = 0; j < layer.outputs(); j++) {
                for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                    Link old = links.put((long) j * layer.inputs() + topology.source(k),
                            new Link(weights.get(k), velocity.get(k), second == null ? 0 : second.get(k)));
                    assertThat(old).isNull();
                }
            }
        }
        return links;
    }

    @Override
    public void close() {
        mlp.close();
    }
}
