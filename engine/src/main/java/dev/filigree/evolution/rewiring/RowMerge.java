package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.RewiringKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.Initializer;
import dev.filigree.random.RandomStreams;
import java.util.SplittableRandom;

/** Merges what is kept of a near neuron's connections with those that grow, one array after the other. A worker's. */
final class RowMerge implements AutoCloseable {
    private static final RewiringKernels KERNELS = RewiringKernels.best();

    /** Room behind the neighbours that are kept, as wide as the widest vectors. */
    private static final int SPARE = 16;

    private final Initializer.Draw draw;
    private final ArrayGroup arrays = new ArrayGroup();
    private IntArray kept;
    private IntArray neighbours;
    private FloatArray weights;
    private LongArray grown;
    private int room;

    private long keptBits;
    private int oldCount;
    private int keptCount;
    private int grownCount;

    /** Rows whose new weights are drawn so. */
    RowMerge(Initializer.Draw draw) {
        this.draw = draw;
        this.kept = arrays.ints(SPARE, "kept of a row");
        this.neighbours = arrays.ints(0, "new neighbours of a row");
        this.weights = arrays.floats(0, "new weights of a row");
        this.grown = arrays.longs(0, "bits of a row");
    }

    /**
     * Turns to another row.
     *
     * @param bits address of the bits of the connections that are kept
     * @param before number of connections that the row has
     * @param keeps number of them that are kept
     * @param grows number of others that grow
     */
    void begin(long bits, int before, int keeps, int grows) {
        keptBits = bits;
        oldCount = before;
        keptCount = keeps;
        grownCount = grows;
        if (count() > room) {
            makeRoom();
        }
    }

    private void makeRoom() {
        room = Math.toIntExact(Math.min(Integer.MAX_VALUE - SPARE, 2L * count()));
        arrays.close();
        kept = arrays.ints(room + SPARE, kept.label());
        neighbours = arrays.ints(room, neighbours.label());
        weights = arrays.floats(room, weights.label());
        grown = arrays.longs(Math.ceilDiv(room, Long.SIZE), grown.label());
    }

    /** Number of connections that the row is to have. */
    int count() {
        return keptCount + grownCount;
    }

    /**
     * Merges the neighbours; before anything else of the row.
     *
     * @param old address of those that the row has
     * @param places address of the numbers of the free places on which connections grow
     * @param firstPlace number of the row's first free place
     * @param merged where to put them
     */
    void neighbours(long old, long places, long firstPlace, long merged) {
        for (int word = 0; word * Long.SIZE < count(); word++) {
            grown.set(word, 0);
        }
        KERNELS.pack(old, keptBits, oldCount, kept.address());
        KERNELS.place(kept.address(), keptCount, places, grownCount, firstPlace, neighbours.address(), grown.address());
        KERNELS.merge(kept.address(), neighbours.address(), grown.address(), count(), merged);
    }

    /**
     * Merges the weights, and draws those of new connections.
     *
     * @param key of these draws
     */
    void weights(long old, long key, long merged) {
        SplittableRandom random = new SplittableRandom(RandomStreams.mix(key));
        for (int k = 0; k < grownCount; k++) {
            setFloat(weights.address() + 4L * k, draw.next(random));
        }
        KERNELS.pack(old, keptBits, oldCount, kept.address());
        KERNELS.merge(kept.address(), weights.address(), grown.address(), count(), merged);
    }

    /** Merges moments; those of new connections are 0. */
    void moments(long old, long merged) {
        KERNELS.pack(old, keptBits, oldCount, kept.address());
        KERNELS.merge(kept.address(), 0, grown.address(), count(), merged);
    }

    @Override
    public void close() {
        arrays.close();
    }
}
