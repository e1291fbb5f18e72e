package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.parallel.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * Takes the derivative of a batch's loss back through the layers, and moves their parameters on the way.
 *
 * <p>Where workers have tiles of their own, the weights of a round move when all have swept it. They do so at the beginning
 * of the next task, which sweeps another round or the layer below or, after the last sweep, updates what is left: workers
 * need not wait once more for that.
 */
final class BackwardPass {
    private static final int NONE = -1;

    private final Mlp mlp;
    private final WorkerPool pool;
    private final BatchMatrices matrices;
    private final ForwardPass forward;
    private final WorkerPool.Task outputDeltaTask = this::outputDelta;
    private final WorkerPool.Task prepareDeltaTask = this::prepareDelta;
    private final WorkerPool.Task sweepTask = this::sweep;
    private final WorkerPool.Task derivativeTask = this::derivative;
    private final WorkerPool.Task updateTask = this::update;
    private UpdateStep step = GradientKeeping.STEP;

    // What the shares of the running task are to work on.
    private int current;
    private int round;

    // What has been swept, but not moved.
    private int sweptLayer = NONE;
    private int sweptRound;

    /** Goes back the way of a forward pass, which tells what was dropped. */
    BackwardPass(Mlp mlp, WorkerPool pool, BatchMatrices matrices, ForwardPass forward) {
        this.mlp = mlp;
        this.pool = pool;
        this.matrices = matrices;
        this.forward = forward;
    }

    /**
     * Moves all parameters, or keeps all gradients.
     *
     * @param with how; {@link GradientKeeping} leaves the parameters as they are
     */
    void run(UpdateStep with) {
        step = with;
        sweptLayer = NONE;
        int last = mlp.depth() - 1;
        if (!mlp.layer(last).activation().equals(Activation.LINEAR)) {
            pool.run(outputDeltaTask);
        }
        for (current = last; current >= 0; current--) {
            if (mlp.layer(current).hasDenseProducts()) {
                pool.run(prepareDeltaTask);
            }
            sweepRounds(mlp.layer(current).plan());
            if (current > 0) {
                Layer below = mlp.layer(current - 1);
                if (below.activationUnit().hasPass() || forward.drops(current - 1)) {
                    pool.run(derivativeTask);
                }
            }
        }
        pool.run(updateTask);
    }

    private void sweepRounds(@Nullable SweepPlan plan) {
        int rounds = plan == null ? 1 : plan.rounds();
        for (round = 0; round < rounds; round++) {
            pool.run(sweepTask);
            sweptLayer = NONE;
            if (plan != null && !plan.sharesTiles()) {
                mlp.sweepMemory().turn();
                sweptLayer = current;
                sweptRound = round;
            }
        }
    }

    private void sweep(int worker) {
        moveSwept(worker);
        Layer layer = mlp.layer(current);
        TiledMatrix delta = matrices.delta(current);
        if (round == 0) {
            layer.sumDelta(worker, delta);
        }
        layer.sweep(worker, round, matrices.x(current), matrices.upstream(current), delta, mlp.sweepMemory(), step);
    }

    private void moveSwept(int worker) {
        if (sweptLayer != NONE) {
            mlp.layer(sweptLayer).move(worker, sweptRound, mlp.sweepMemory(), step);
        }
    }

    private void prepareDelta(int worker) {
        mlp.layer(current).prepareDelta(worker, matrices.delta(current));
    }

    private void outputDelta(int worker) {
        int last = mlp.depth() - 1;
        Layer layer = mlp.layer(last);
        TiledMatrix delta = matrices.delta(last);
        int from = share(layer, worker);
        int to = share(layer, worker + 1);
        if (layer.activationUnit().hasPass()) {
            layer.activationUnit().differentiate(delta, matrices.z(last), matrices.output(), from, to, 1);
            return;
        }
        for (int tile = 0; tile < delta.tiles(); tile++) {
            layer.kernels.batches().gate(delta, matrices.gate(last), tile, from, to, layer.activation().kernelSlope());
        }
    }

    /** What the sweep of the current layer could not do for the one below. */
    private void derivative(int worker) {
        Layer below = mlp.layer(current - 1);
        TiledMatrix delta = matrices.delta(current - 1);
        int from = share(below, worker);
        int to = share(below, worker + 1);
        boolean drops = forward.drops(current - 1);
        if (drops) {
            for (int tile = 0; tile < delta.tiles(); tile++) {
                forward.drop(current - 1, delta, tile, from, to);
            }
        }
        if (below.activationUnit().hasPass()) {
            below.activationUnit().differentiate(delta, matrices.z(current - 1), matrices.x(current), from, to,
                    drops ? below.dropout().scale() : 1);
        }
    }

    /** The first layer is the last to be swept, and its weights are nowhere else, so they may still move here. */
    private void update(int worker) {
        moveSwept(worker);
        for (int l = 0; l < mlp.depth(); l++) {
            mlp.layer(l).update(worker, matrices.x(l), matrices.delta(l), step);
        }
    }

    private int share(Layer layer, int worker) {
        return (int) Layer.share(layer.outputs(), worker, pool.threads());
    }
}
