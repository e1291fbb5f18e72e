package dev.filigree.bench;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.DenseBackends;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;

/**
 * The bare matrix products of a dense layer, as large as they can be: one call per product and thread over the whole
 * batch, without bias or activation. Nothing that a user of the backend could write is faster.
 */
final class DenseProducts implements AutoCloseable {
    private final DenseBackend backend = DenseBackends.best();
    private final Shape shape;
    private final int batch;
    private final WorkerPool pool;
    private final Partition inputs;
    private final Partition outputs;
    private final ArrayGroup arrays = new ArrayGroup();
    private final SplittableRandom random = new SplittableRandom(1);
    private final FloatArray weights;
    private final FloatArray gradient;
    private final FloatArray x;
    private final FloatArray y;
    private final FloatArray delta;
    private final FloatArray inputDelta;

    DenseProducts(Shape shape, int batch, WorkerPool pool) {
        this.shape = shape;
        this.batch = batch;
        this.pool = pool;
        inputs = Partition.even(shape.inputs(), pool.threads());
        outputs = Partition.even(shape.outputs(), pool.threads());
        weights = operand(shape.cells());
        gradient = operand(shape.cells());
        x = operand((long) shape.inputs() * batch);
        y = operand((long) shape.outputs() * batch);
        delta = operand((long) shape.outputs() * batch);
        inputDelta = operand((long) shape.inputs() * batch);
    }

    /** Computes {@code y = W·x} and returns its nanoseconds. */
    double forward() {
        long start = System.nanoTime();
        pool.run(this::forwardShare);
        return System.nanoTime() - start;
    }

    /** Computes input delta and weight gradient and returns their nanoseconds. */
    double backward() {
        long start = System.nanoTime();
        pool.run(this::backwardShare);
        return System.nanoTime() - start;
    }

    private void forwardShare(int worker) {
        int from = outputs.from(worker);
        int rows = outputs.to(worker) - from;
        backend.gemm(false, false, rows, batch, shape.inputs(), at(weights, from, shape.inputs()), shape.inputs(),
                x.address(), batch, 0, at(y, from, batch), batch);
    }

    private void backwardShare(int worker) {
        int from = inputs.from(worker);
        int rows = inputs.to(worker) - from;
        backend.gemm(true, false, rows, batch, shape.outputs(), at(weights, from, 1), shape.inputs(), delta.address(),
                batch, 0, at(inputDelta, from, batch), batch);
        from = outputs.from(worker);
        rows = outputs.to(worker) - from;
        backend.gemm(false, true, rows, shape.inputs(), batch, at(delta, from, batch), batch, x.address(), batch, 0,
                at(gradient, from, shape.inputs()), shape.inputs());
    }

    private static long at(FloatArray array, int row, int rowLength) {
        return array.address() + (long) row * rowLength * Float.BYTES;
    }

    private FloatArray operand(long length) {
        FloatArray operand = arrays.floats(length, "dense operand");
        for (long i = 0; i < length; i++) {
            operand.set(i, (float) (random.nextDouble() - 0.5));
        }
        return operand;
    }

    @Override
    public void close() {
        arrays.close();
    }
}
