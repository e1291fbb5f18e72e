package dev.filigree.benchmark.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.IntArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.Samples;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A data set from which shuffled batches are gathered, by the kernel and in plain Java. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class BatchOperands {
    /** Samples of the data set. */
    @Param("20000")
    public int samples;

    /** Features of a sample. */
    @Param("784")
    public int features;

    /** Samples per batch. */
    @Param("128")
    public int batch;

    /** Threads that share each call. */
    @Param("1")
    public int threads;

    private final SparseKernels kernels = SparseKernels.best();
    private final WorkerPool.Task gather = this::gatherShare;
    private final WorkerPool.Task gatherPlain = this::gatherPlainShare;
    private WorkerPool pool;
    private Partition rows;
    private Samples data;
    private IntArray order;
    private TiledMatrix x;
    private float[] plainData;
    private int[] plainOrder;
    private float[] plainX;
    private int first;

    /** Draws the data set, and compares the two ways once. */
    @Setup(Level.Trial)
    public void draw() {
        if (batch > samples) {
            throw new IllegalArgumentException("a batch of %d of %d samples".formatted(batch, samples));
        }
        pool = new WorkerPool(threads);
        rows = Partition.even(features, threads);
        data = RandomSamples.draw(samples, features, 2);
        order = RandomSamples.order(samples);
        x = new TiledMatrix(features, batch, kernels.tileLanes(batch), "benchmark batch");
        plainData = data.features().toArray();
        plainOrder = order.toArray();
        plainX = new float[features * batch];
        requireAgreement();
    }

    private void requireAgreement() {
        gather();
        first = 0;
        gatherPlain();
        first = 0;
        for (int feature = 0; feature < features; feature++) {
            for (int s = 0; s < batch; s++) {
                if (x.get(feature, s) != plainX[feature * batch + s]) {
                    throw new IllegalStateException("feature %d of sample %d: Filigree gathers %s, plain Java %s"
                            .formatted(feature, s, x.get(feature, s), plainX[feature * batch + s]));
                }
            }
        }
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void close() {
        pool.close();
        data.features().close();
        data.labels().close();
        order.close();
        x.close();
    }

    /** Gathers the next batch by the kernel. */
    public void gather() {
        pool.run(gather);
        advance();
    }

    /** Gathers the next batch in plain Java. */
    public void gatherPlain() {
        pool.run(gatherPlain);
        advance();
    }

    private void advance() {
        first = first + 2 * batch <= samples ? first + batch : 0;
    }

    private void gatherShare(int worker) {
        kernels.batches().gatherTransposed(data.features(), order, first, batch, x, 0, x.tiles(), rows.from(worker),
                rows.to(worker));
    }

    private void gatherPlainShare(int worker) {
        for (int s = 0; s < batch; s++) {
            int sample = plainOrder[first + s] * features;
            for (int feature = rows.from(worker); feature < rows.to(worker); feature++) {
                plainX[feature * batch + s] = plainData[sample + feature];
            }
        }
    }
}
