package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.DenseGradient;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the free places at which the loss's gradient is largest. The gradient of all places is computed in blocks of rows
 * and never kept: a worker holds one block and the places that may still be among the largest. Of equal gradients the
 * place with the lower number comes first.
 */
public final class GradientGrowth implements AutoCloseable {
    /** A block has so many values, or as many rows as a product needs to be fast. */
    private static final int BLOCK = 1 << 22;

    private static final int MIN_ROWS = 16;
    private static final int MAX_ROWS = 256;

    private final Rewiring rewiring;
    private final DenseGradient gradient;
    private final int blockRows;
    private final int workers;
    private final long wanted;
    private final ArrayGroup arrays = new ArrayGroup();
    private final FloatArray[] blocks;
    private final List<LargestMagnitudes> largest = new ArrayList<>();
    private final IntArray kept;

    private GradientGrowth(Rewiring rewiring, DenseGradient gradient, long wanted, int workers) {
        this.rewiring = rewiring;
        this.gradient = gradient;
        this.wanted = wanted;
        this.workers = workers;
        // The same blocks for any number of workers: the bits of a product may depend on its size.
        this.blockRows = Math.min(gradient.near(), Math.clamp(BLOCK / gradient.far(), MIN_ROWS, MAX_ROWS));
        this.kept = arrays.add(rewiring::keptNeighbours);
        this.blocks = new FloatArray[workers];
        try {
            for (int worker = 0; worker < workers; worker++) {
                blocks[worker] = arrays.floats((long) blockRows * gradient.far(), "block of the gradient");
                largest.add(new LargestMagnitudes(wanted, rewiring.freeBefore(firstRow(worker + 1))
                        - rewiring.freeBefore(firstRow(worker))));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Finds places.
     *
     * @param gradient of the layer that is rewired
     * @param wanted how many places, at most all that are free
     * @return their numbers among the free places, ascending, and {@link Long#MAX_VALUE} behind the last; the caller
     *     closes it
     */
    public static LongArray places(Rewiring rewiring, DenseGradient gradient, long wanted, WorkerPool pool) {
        if (wanted == 0) {
            LongArray none = LongArray.allocate(1, "places");
            none.set(0, Long.MAX_VALUE);
            return none;
        }
        try (GradientGrowth growth = new GradientGrowth(rewiring, gradient, wanted, pool.threads())) {
            pool.run(growth::search);
            return LargestMagnitudes.of(growth.largest, growth.wanted);
        }
    }

    private void search(int worker) {
        FloatArray block = blocks[worker];
        for (int from = firstRow(worker); from < firstRow(worker + 1); from += blockRows) {
            int to = Math.min(from + blockRows, gradient.near());
            gradient.rows(from, to, block);
            for (int row = from; row < to; row++) {
                offer(row, block.address() + 4L * (row - from) * gradient.far(), largest.get(worker));
            }
        }
    }

    /** The free places of a row, between those that are kept. */
    private void offer(int row, long values, LargestMagnitudes candidates) {
        long number = rewiring.freeBefore(row);
        long next = 0;
        for (long k = rewiring.keptBefore(row); k < rewiring.keptBefore(row + 1); k++) {
            int neighbour = getInt(kept.address() + 4 * k);
            candidates.offer(values + 4 * next, neighbour - next, number);
            number += neighbour - next;
            next = neighbour + 1L;
        }
        candidates.offer(values + 4 * next, gradient.far() - next, number);
    }

    private int firstRow(int worker) {
        long count = Math.ceilDiv(gradient.near(), blockRows);
        return (int) Math.min(gradient.near(), count * worker / workers * blockRows);
    }

    @Override
    public void close() {
        arrays.close();
        largest.forEach(LargestMagnitudes::close);
    }
}
