package dev.filigree.training;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;

/** Gathers the samples of a batch, in the order of the epoch, and turns them neuron-major. */
final class BatchFeeder {
    private final Samples samples;
    private final TiledMatrix input;
    private final WorkerPool pool;
    private final int[] order;
    private final int[] labels;
    private final WorkerPool.Task transposeTask = this::transposeShare;
    private int first;
    private int count;

    BatchFeeder(Samples samples, TiledMatrix input, int batch, WorkerPool pool) {
        this.samples = samples;
        this.input = input;
        this.pool = pool;
        this.order = new int[samples.count()];
        this.labels = new int[batch];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** A new order of the samples (Fisher–Yates); starts from the sorted one, so it depends on the draws alone. */
    void shuffle(SplittableRandom random) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /** Loads up to {@code batch} samples from position {@code from} of the order; returns how many. */
    int load(int from) {
        first = from;
        count = Math.min(labels.length, order.length - from);
        for (int s = 0; s < count; s++) {
            labels[s] = samples.labels().get(order[from + s]);
        }
        pool.run(transposeTask);
        return count;
    }

    /** Labels of the samples loaded. */
    int[] labels() {
        return labels;
    }

    private void transposeShare(int worker) {
        int dimensions = samples.dimensions();
        int from = dimensions * worker / pool.threads();
        int to = dimensions * (worker + 1) / pool.threads();
        int lanes = input.tileLanes();
        for (int tile = 0; tile < input.tiles(); tile++) {
            transposeTile(input.tileAddress(tile), tile * lanes, lanes, from, to);
        }
    }

    /** Blocks of features, so that the lines read from the samples are used up while they are in cache. */
    private void transposeTile(long tile, int firstSample, int lanes, int from, int to) {
        long features = samples.features().address();
        int block = 16;
        for (int f = from; f < to; f += block) {
            int end = Math.min(f + block, to);
            for (int lane = 0; lane < lanes; lane++) {
                long target = tile + 4L * lane;
                if (firstSample + lane >= count) {
                    for (int g = f; g < end; g++) {
                        setFloat(target + 4L * lanes * g, 0);
                    }
                    continue;
                }
                long source = features + 4L * order[first + firstSample + lane] * samples.dimensions();
                for (int g = f; g < end; g++) {
                    setFloat(target + 4L * lanes * g, getFloat(source + 4L * g));
                }
            }
        }
    }
}
