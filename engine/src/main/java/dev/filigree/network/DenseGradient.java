package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;

/**
 * The gradient of the last batch's loss by the weight of every place of a sparse layer, whether there is a connection
 * or not, with the weights as they were before the step. It is computed when it is asked for, some rows at a time,
 * from activations and deltas that the {@link Propagation} owns: use it before the next batch.
 */
public final class DenseGradient {
    private final TiledMatrix near;
    private final TiledMatrix far;
    private final int tiles;
    private final DenseBackend backend;

    DenseGradient(TiledMatrix near, TiledMatrix far, int tiles, DenseBackend backend) {
        this.near = near;
        this.far = far;
        this.tiles = tiles;
        this.backend = backend;
    }

    /** Number of neurons on the side by which the layer's {@link OwnedConnections} are grouped. */
    public int near() {
        return near.neurons();
    }

    /** Number of neurons on the other side. */
    public int far() {
        return far.neurons();
    }

    /**
     * Computes the rows of some near neurons; on the calling thread, while others may compute other rows.
     *
     * @param block result: {@code [near - from][far]}, at least so large
     */
    public void rows(int from, int to, FloatArray block) {
        if (from < 0 || to < from || to > near() || (long) (to - from) * far() > block.length()) {
            throw new IndexOutOfBoundsException("rows %d to %d of %d neurons × %d into %s".formatted(from, to, near(),
                    far(), block));
        }
        int lanes = near.tileLanes();
        for (int tile = 0; tile < tiles; tile++) {
            backend.gemm(false, true, to - from, far(), lanes, near.tileAddress(tile) + 4L * from * lanes, lanes,
                    far.tileAddress(tile), lanes, tile == 0 ? 0 : 1, block.address(), far());
        }
    }
}
