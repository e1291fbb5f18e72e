package dev.filigree.kernel;

import dev.filigree.memory.FloatArray;
import java.util.Objects;

/**
 * The activations or deltas of one layer for one batch, neuron-major in tiles: {@code [tile][neuron][lane]}.
 * Sample {@code s} of the batch is lane {@code s % tileLanes} of tile {@code s / tileLanes}; lanes past the
 * batch are padding. Every row of lanes is 64-byte aligned, or as wide as a vector if that is less.
 */
public final class TiledMatrix implements AutoCloseable {
    private final int neurons;
    private final int tileLanes;
    private final int tiles;
    private final FloatArray values;

    /**
     * Allocates a zero-filled matrix.
     *
     * @param neurons number of rows, 1 or more
     * @param batch largest number of samples it is to hold, 1 or more
     * @param tileLanes samples per tile, 1 or more
     * @param label what it holds, for the leak report
     */
    public TiledMatrix(int neurons, int batch, int tileLanes, String label) {
        if (neurons < 1 || batch < 1 || tileLanes < 1) {
            throw new IllegalArgumentException(
                    "%s: %d neurons, a batch of %d and tiles of %d samples, expected 1 or more of each".formatted(label,
                            neurons, batch, tileLanes));
        }
        this.neurons = neurons;
        this.tileLanes = tileLanes;
        this.tiles = Math.ceilDiv(batch, tileLanes);
        this.values = FloatArray.allocate(Operands.size((long) tiles * neurons, tileLanes), label);
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

    /** Address of the first lane of the first neuron of a tile. */
    public long tileAddress(int tile) {
        return values.address() + tile * tileBytes();
    }

    /** Bytes from one tile to the next. */
    public long tileBytes() {
        return (long) neurons * tileLanes * Float.BYTES;
    }

    /** Value of one neuron for one sample of the batch. */
    public float get(int neuron, int sample) {
        return values.get(index(neuron, sample));
    }

    /** Sets the value of one neuron for one sample of the batch. */
    public void set(int neuron, int sample, float value) {
        values.set(index(neuron, sample), value);
    }

    /** Position of a value in {@link #values()}. */
    public long index(int neuron, int sample) {
        Objects.checkIndex(neuron, neurons);
        Objects.checkIndex(sample, (long) tiles * tileLanes);
        return ((long) (sample / tileLanes) * neurons + neuron) * tileLanes + sample % tileLanes;
    }

    /** The values themselves. */
    public FloatArray values() {
        return values;
    }

    @Override
    public void close() {
        values.close();
    }

    @Override
    public String toString() {
        return "%s: %d tiles of %d neurons × %d lanes".formatted(values.label(), tiles, neurons, tileLanes);
    }
}
