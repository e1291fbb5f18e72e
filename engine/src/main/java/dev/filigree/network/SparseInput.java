package dev.filigree.network;

import dev.filigree.kernel.PackedMatrix;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.TileSplit;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/** The input of a sparse layer's forward product, in the format that was chosen for it. */
final class SparseInput implements AutoCloseable {
    private final int inputs;
    private final SparseKernels kernels;
    private final boolean packs;
    private TileSplit split = TileSplit.of(1, 1);
    private @Nullable PackedMatrix packed;

    SparseInput(int inputs, Compute compute) {
        this.inputs = inputs;
        this.kernels = compute.kernels();
        this.packs = compute.activations() == ActivationFormat.BFLOAT16;
    }

    boolean packs() {
        return packs;
    }

    void partition(TileSplit newSplit, int tileLanes) {
        split = newSplit;
        close();
        if (packs && tileLanes > 0) {
            packed = new PackedMatrix(inputs, split.tiles(), tileLanes);
        }
    }

    /** Packs a share; all shares before {@link #forward}. */
    void prepare(int worker, TiledMatrix x) {
        if (packed != null) {
            kernels.pack(x, packed, split.fromTile(worker), split.toTile(worker), split.from(worker, inputs),
                    split.to(worker, inputs));
        }
    }

    /** The forward product of some rows of a worker's tiles. */
    void forward(LayerTopology topology, FloatArray weights, FloatArray bias, TiledMatrix x, TiledMatrix y,
            @Nullable TiledMatrix z, int worker, int fromRow, int toRow, float slope) {
        int fromTile = split.fromTile(worker);
        int toTile = split.toTile(worker);
        if (packed != null) {
            kernels.forwardPacked(topology, weights, bias, packed, y, z, fromTile, toTile, fromRow, toRow, slope);
        } else {
            kernels.forward(topology, weights, bias, x, y, z, fromTile, toTile, fromRow, toRow, slope);
        }
    }

    long bytes() {
        return packed == null ? 0 : packed.bytes();
    }

    @Override
    public void close() {
        if (packed != null) {
            packed.close();
            packed = null;
        }
    }
}
