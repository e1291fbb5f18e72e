package dev.filigree.kernel.vector;

import dev.filigree.kernel.BlockedIndex;

/** For positions of a {@link BlockedIndex}: {@code position + ROUND_UP & WHOLE_CHUNKS} begins a chunk. */
final class Chunks {
    static final int ROUND_UP = BlockedIndex.CHUNK - 1;
    static final int WHOLE_CHUNKS = -BlockedIndex.CHUNK;

    private Chunks() {}
}
