package dev.filigree.kernel;

import dev.filigree.memory.IntArray;

/**
 * The activations of one layer for one batch, rounded to bfloat16 and packed two in an {@code int}: half the memory
 * traffic of a {@link TiledMatrix}. Written by {@link SparseKernels#pack}, in an order that only the same provider's
 * {@link SparseKernels#forwardPacked} knows.
 */
public final class PackedMatrix implements AutoCloseable {
    private final int neurons;
    private final int tileLanes;
    private final int tiles;
    private final IntArray pairs;

    /**
     * Allocates a zero-filled matrix.
     *
     * @param neurons number of rows
     * @param tiles number of tiles
     * @param tileLanes samples per tile
     */
    public PackedMatrix(int neurons, int tiles, int tileLanes) {
        if (neurons < 1 || tiles < 1 || tileLanes < 1) {
            throw new IllegalArgumentException("%d tiles of %d neurons and %d samples, expected 1 or more of each"
                    .formatted(tiles, neurons, tileLanes));
        }
        this.neurons = neurons;
        this.tiles = tiles;
        this.tileLanes = tileLanes;
        this.pairs = IntArray.allocate(Operands.size((long) tiles * neurons, Math.ceilDiv(tileLanes, 2)),
                "packed activations");
    }

    /** Number of rows of a tile. */
    public int neurons() {
        return neurons;
    }

    /** Samples per tile. */
    public int tileLanes() {
        return tileLanes;
    }

    /** Number of tiles. */
    public int tiles() {
        return tiles;
    }

    /** Off-heap bytes. */
    public long bytes() {
        return pairs.bytes();
    }

    long tileAddress(int tile) {
        return pairs.address() + tile * tileBytes();
    }

    long tileBytes() {
        return (long) neurons * ((tileLanes + 1) / 2) * Integer.BYTES;
    }

    @Override
    public void close() {
        pairs.close();
    }
}
