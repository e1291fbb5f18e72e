package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.DenseBackends;
import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * What computes a network, and which layers' products are sparse.
 *
 * @param kernels sparse products and everything else
 * @param backend dense products
 * @param denseAbove density above which a sparse layer's products run on the dense backend, 0 or more (1: never); null
 *     to let {@link CostModel} choose for each layer
 * @param activations what sparse forward products read
 */
public record Compute(SparseKernels kernels, DenseBackend backend, @Nullable Double denseAbove,
        ActivationFormat activations) {
    /** Checks the range. */
    public Compute {
        if (denseAbove != null && !(denseAbove >= 0)) {
            throw new IllegalArgumentException(
                    "dense products above a density of %s: expected 0 or more".formatted(denseAbove));
        }
    }

    /** As this, with float32 activations. */
    public Compute(SparseKernels kernels, DenseBackend backend, @Nullable Double denseAbove) {
        this(kernels, backend, denseAbove, ActivationFormat.FLOAT32);
    }

    /** The fastest there is, chosen per layer. */
    public static Compute best() {
        return best(null, ActivationFormat.FLOAT32);
    }

    /** The fastest there is, with these choices. */
    public static Compute best(@Nullable Double denseAbove, ActivationFormat activations) {
        return new Compute(SparseKernels.best(), DenseBackends.best(), denseAbove, activations);
    }

    /** How a sparse layer's products are to be computed. */
    Products preferred(LayerTopology topology, boolean first) {
        boolean blocks = !first && activations == ActivationFormat.FLOAT32 && BlockedIndex.suits(topology);
        double limit = denseAbove != null
                ? denseAbove
                : CostModel.of(kernels, backend).breakEven(topology.inputs(), topology.outputs(), first, blocks);
        if (topology.connections() > limit * topology.inputs() * topology.outputs()) {
            return Products.DENSE;
        }
        return blocks ? Products.BLOCKED : Products.SPARSE;
    }
}
