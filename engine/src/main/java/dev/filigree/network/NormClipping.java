package dev.filigree.network;

import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of a step that is clipped by norm: when all gradients of a network are kept, finds their norm and moves
 * the parameters. The norm's bits do not depend on the number of workers.
 */
final class NormClipping {
    private final Mlp mlp;
    private final WorkerPool pool;
    private final List<Parameters> all = new ArrayList<>();
    private final List<Integer> layers = new ArrayList<>();
    private double[][] squares = {};
    private float factor;
    private UpdateStep step = GradientKeeping.STEP;
    private final WorkerPool.Task sumTask = this::sumShare;
    private final WorkerPool.Task moveTask = this::moveShare;
    private final WorkerPool.Task refreshTask = this::refreshShare;

    NormClipping(Mlp mlp, WorkerPool pool) {
        this.mlp = mlp;
        this.pool = pool;
    }

    /**
     * Moves all parameters.
     *
     * @return the first layer with a gradient that is not finite, for which nothing has moved; -1 if there is none
     */
    int move(UpdateStep.ClippedByNorm clipped) {
        all.clear();
        layers.clear();
        for (int l = 0; l < mlp.depth(); l++) {
            for (Parameters parameters : mlp.layer(l).parameters()) {
                all.add(parameters);
                layers.add(l);
            }
        }
        if (squares.length != all.size()) {
            squares = new double[all.size()][];
        }
        for (int p = 0; p < squares.length; p++) {
            if (squares[p] == null || squares[p].length != all.get(p).blocks()) {
                squares[p] = new double[all.get(p).blocks()];
            }
        }
        pool.run(sumTask);
        double sum = 0;
        for (int p = 0; p < squares.length; p++) {
            for (double square : squares[p]) {
                sum += square;
            }
            if (!Double.isFinite(sum)) {
                return layers.get(p);
            }
        }
        double norm = Math.sqrt(sum);
        factor = norm > clipped.limit() ? (float) (clipped.limit() / norm) : 1;
        step = clipped.step();
        pool.run(moveTask);
        pool.run(refreshTask);
        return -1;
    }

    private void sumShare(int worker) {
        for (int p = 0; p < squares.length; p++) {
            int blocks = squares[p].length;
            int end = (int) ((long) blocks * (worker + 1) / pool.threads());
            for (int block = (int) ((long) blocks * worker / pool.threads()); block < end; block++) {
                squares[p][block] = all.get(p).squares(block);
            }
        }
    }

    private void moveShare(int worker) {
        for (int p = 0; p < squares.length; p++) {
            all.get(p).move(mlp.kernels(), worker, pool.threads(), factor, step);
        }
    }

    private void refreshShare(int worker) {
        for (int l = 0; l < mlp.depth(); l++) {
            mlp.layer(l).refresh(worker);
        }
    }
}
