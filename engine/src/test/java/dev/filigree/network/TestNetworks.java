package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.JavaDenseBackend;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small networks and batches for tests. */
public final class TestNetworks {
    /** The fast provider. */
    public static final SparseKernels VECTOR = new SparseKernels(new VectorKernels());

    /** The reference provider, with tiles so narrow that small batches take several. */
    public static final SparseKernels SCALAR = new SparseKernels(new ScalarKernels(4));

    /** Dense products that every machine has. */
    public static final DenseBackend DENSE = new JavaDenseBackend();

    private static final double DENSE_ABOVE = 0.6;

    /** Stands for "sparse" where the connections are given. */
    public static final Sparsity SOME = new Sparsity.Density(0.5);

    /** A step after which every velocity is minus the gradient. */
    static final UpdateStep PROBE = new UpdateStep.Sgd(1, 0, false, 0, 0);

    private TestNetworks() {}

    /** These kernels and plain Java's dense products, also for sparse layers of more than {@value #DENSE_ABOVE}. */
    public static Compute compute(SparseKernels kernels) {
        return new Compute(kernels, DENSE, DENSE_ABOVE);
    }

    /** Gives a network of the same connections the same weights, biases and learned activations. */
    static void copyParameters(Mlp from, Mlp to) {
        for (int l = 0; l < from.depth(); l++) {
            try (FloatArray weights = from.layer(l).copyWeights()) {
                to.layer(l).setWeights(weights);
            }
            to.layer(l).bias().copyFrom(from.layer(l).bias());
            FloatArray learned = from.layer(l).activationParameters();
            if (learned != null) {
                Objects.requireNonNull(to.layer(l).activationParameters()).copyFrom(learned);
            }
        }
    }

    /** The weights' gradients of the last batch, if it was learned with {@link #PROBE}; the caller closes them. */
    static FloatArray gradient(Layer layer) {
        FloatArray gradient = layer.copyVelocity();
        for (long k = 0; k < gradient.length(); k++) {
            gradient.set(k, -gradient.get(k));
        }
        return gradient;
    }

    /**
     * A network with random weights, biases and learned activations. In sparse layers neuron 0 has no input and neuron 1 all of them.
     *
     * @param kinds one letter per layer: s for sparse, x for sparse with dense products, d for dense
     */
    static Mlp mlp(String kinds, int[] widths, Activation hidden, Activation output, Dropout dropout,
            SparseKernels kernels, SplittableRandom random) {
        List<LayerSpec> specs = new ArrayList<>();
        List<LayerTopology> topologies = new ArrayList<>();
        for (int l = 0; l < kinds.length(); l++) {
            boolean last = l == kinds.length() - 1;
            boolean sparse = kinds.charAt(l) != 'd';
            double density = kinds.charAt(l) == 'x' ? 0.95 : 0.3;
            specs.add(new LayerSpec(widths[l + 1], sparse ? SOME : null, last ? output : hidden,
                    last ? Dropout.NONE : dropout));
            int inputs = widths[l];
            topologies.add(LayerTopology.of(inputs, IntStream.range(0, widths[l + 1])
                    .mapToObj(j -> IntStream.range(0, inputs)
                            .filter(i -> !sparse || j == 1 || (j != 0 && random.nextDouble() < density)).toArray())
                    .toArray(int[][]::new)));
        }
        try (NetworkTopology topology = new NetworkTopology(topologies)) {
            Mlp mlp = Mlp.of(specs, topology, compute(kernels));
            for (Layer layer : mlp.layers()) {
                try (FloatArray weights = FloatArray.allocate(layer.connections(), "test weights")) {
                    fill(weights, random);
                    layer.setWeights(weights);
                }
                fill(layer.bias(), random);
                FloatArray learned = layer.activationParameters();
                if (learned != null) {
                    fill(learned, random);
                }
            }
            return mlp;
        }
    }

    /** A network of the same shapes, activations and connections with layers of other kinds; all weights 0. */
    static Mlp likeWithKinds(Mlp mlp, String kinds, SparseKernels kernels) {
        return likeWithKinds(mlp, kinds, kinds.indexOf('x') < 0 ? new Compute(kernels, DENSE, 1.0) : compute(kernels));
    }

    /** As the other, computed so. */
    static Mlp likeWithKinds(Mlp mlp, String kinds, Compute compute) {
        List<LayerSpec> specs = IntStream.range(0, mlp.depth()).mapToObj(l -> new LayerSpec(mlp.layer(l).outputs(),
                kinds.charAt(l) == 'd' ? null : SOME, mlp.layer(l).activation(), mlp.layer(l).dropout())).toList();
        try (NetworkTopology topology = mlp.copyTopology()) {
            return Mlp.of(specs, topology,
                    compute);
        }
    }

    /** Numbers in [-1, 1). */
    public static void fill(FloatArray array, SplittableRandom random) {
        for (long i = 0; i < array.length(); i++) {
            array.set(i, (float) (random.nextDouble() * 2 - 1));
        }
    }

    /** Samples in [-1.5, 1.5), exactly representable as floats. */
    static double[][] samples(int count, int features, SplittableRandom random) {
        double[][] x = new double[count][features];
        for (double[] sample : x) {
            for (int f = 0; f < features; f++) {
                sample[f] = (float) (random.nextDouble() * 3 - 1.5);
            }
        }
        return x;
    }

    static int[] labels(int count, int classes, SplittableRandom random) {
        return random.ints(count, 0, classes).toArray();
    }

    static void load(Propagation propagation, double[][] x) {
        TiledMatrix input = propagation.input();
        for (int s = 0; s < x.length; s++) {
            for (int f = 0; f < x[s].length; f++) {
                input.set(f, s, (float) x[s][f]);
            }
        }
    }
}
