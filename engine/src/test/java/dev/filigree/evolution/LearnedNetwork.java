package dev.filigree.evolution;

import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.SparseLayer;
import dev.filigree.network.TestNetworks;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A network of sparse layers that has just learned a batch, in which every third feature was 0. */
final class LearnedNetwork implements AutoCloseable {
    private static final int BATCH = 20;

    final Mlp mlp;
    final WorkerPool pool;
    final Propagation propagation;

    LearnedNetwork(int[] widths, double density, int workers) {
        this(widths, density, workers, TestNetworks.DENSE);
    }

    LearnedNetwork(int[] widths, double density, int workers, DenseBackend backend) {
        List<LayerSpec> specs = new ArrayList<>();
        for (int l = 1; l < widths.length; l++) {
            specs.add(new LayerSpec(widths[l], new Sparsity.Density(density), Activation.RELU, Dropout.NONE));
        }
        mlp = Mlp.random(widths[0], specs,
                new Initializer(Initializer.Distribution.HE_UNIFORM, Initializer.Fan.TOPOLOGY), 5,
                new Compute(TestNetworks.VECTOR, backend, 0.6));
        pool = new WorkerPool(workers);
        propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
        SplittableRandom random = new SplittableRandom(3);
        for (int feature = 0; feature < widths[0]; feature++) {
            for (int sample = 0; sample < BATCH; sample++) {
                propagation.input().set(feature, sample, feature % 3 == 0 ? 0 : random.nextFloat());
            }
        }
        propagation.forward();
        propagation.learn(random.ints(BATCH, 0, widths[widths.length - 1]).toArray(), BATCH, new Loss.Score(),
                new UpdateStep.Sgd(0.1f, 0.9f, false, 0, 0));
    }

    SparseLayer layer(int index) {
        return (SparseLayer) mlp.layer(index);
    }

    /** All layers as the trainer hands them over, the last one as output layer. */
    List<EvolvingLayer> layers() {
        List<EvolvingLayer> layers = new ArrayList<>();
        for (int l = 0; l < mlp.depth(); l++) {
            layers.add(new EvolvingLayer(layer(l), l < mlp.depth() - 1, 100 + l, propagation.gradient(l)));
        }
        return layers;
    }

    long[] evolve(Evolution evolution, TrainingProgress now) {
        return evolution.evolve(layers(), now, pool);
    }

    long connections() {
        return mlp.connections();
    }

    /** Number of a place: by the neurons that group the connections. */
    long place(int index, int output, int input) {
        return place(index, output, input, layer(index).ownsIncoming());
    }

    private long place(int index, int output, int input, boolean incoming) {
        SparseLayer layer = layer(index);
        return incoming
                ? (long) output * layer.inputs() + input
                : (long) input * layer.outputs() + output;
    }

    /** The weight of every connection by its place. */
    Map<Long, Float> weights(int index) {
        return values(index, layer(index).copyWeights(), layer(index).ownsIncoming());
    }

    /** As {@link #weights}, by places that keep their number when the layer changes its products. */
    Map<Long, Float> incomingWeights(int index) {
        return values(index, layer(index).copyWeights(), true);
    }

    /** The momentum of every connection by its place. */
    Map<Long, Float> momentum(int index) {
        return values(index, layer(index).copyVelocity(), layer(index).ownsIncoming());
    }

    private Map<Long, Float> values(int index, FloatArray copy, boolean incoming) {
        Map<Long, Float> values = new TreeMap<>();
        try (copy) {
            LayerTopology topology = layer(index).topology();
            for (int j = 0; j < topology.outputs(); j++) {
                for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                    values.put(place(index, j, topology.source(k), incoming), copy.get(k));
                }
            }
        }
        return values;
    }

    /** The gradient at every place. */
    float[] gradient(int index) {
        var gradient = propagation.gradient(index);
        try (FloatArray all = FloatArray.allocate((long) gradient.near() * gradient.far(), "gradient")) {
            gradient.rows(0, gradient.near(), all);
            return all.toArray();
        }
    }

    @Override
    public void close() {
        propagation.close();
        pool.close();
        mlp.close();
    }
}
