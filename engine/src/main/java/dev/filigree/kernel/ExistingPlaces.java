package dev.filigree.kernel;

import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;

/**
 * Which places of a layer's full matrix hold a connection: a bit for each, {@code [output][input]}, every output's bits
 * beginning with a new {@code long}.
 */
public final class ExistingPlaces implements AutoCloseable {
    private final int inputs;
    private final int outputs;
    private final LongArray words;

    /** Those of a topology, which is not needed afterwards. */
    public ExistingPlaces(LayerTopology topology) {
        inputs = topology.inputs();
        outputs = topology.outputs();
        words = LongArray.allocate((long) outputs * wordsPerRow(), "existing places");
        for (int row = 0; row < outputs; row++) {
            long first = (long) row * wordsPerRow();
            for (long k = topology.rowStart(row); k < topology.rowStart(row + 1); k++) {
                int source = topology.source(k);
                long word = first + source / Long.SIZE;
                words.set(word, words.get(word) | 1L << source % Long.SIZE);
            }
        }
    }

    private int wordsPerRow() {
        return Math.ceilDiv(inputs, Long.SIZE);
    }

    /** Number of columns of the matrix. */
    int inputs() {
        return inputs;
    }

    /** Number of rows of the matrix. */
    int outputs() {
        return outputs;
    }

    /** Address of a row's bits. */
    long rowAddress(int row) {
        return words.address() + (long) Long.BYTES * row * wordsPerRow();
    }

    /** Number of connections of a row. */
    int count(int row) {
        int count = 0;
        for (int word = 0; word < wordsPerRow(); word++) {
            count += Long.bitCount(words.get((long) row * wordsPerRow() + word));
        }
        return count;
    }

    /** Off-heap bytes. */
    public long bytes() {
        return words.bytes();
    }

    @Override
    public void close() {
        words.close();
    }
}
