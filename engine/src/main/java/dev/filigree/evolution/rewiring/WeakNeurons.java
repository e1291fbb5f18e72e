package dev.filigree.evolution.rewiring;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.OwnedConnections;
import dev.filigree.network.SparseLayer;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;

/** The output neurons of a layer whose incoming weights have the smallest magnitudes together. */
public final class WeakNeurons {
    private final SparseLayer layer;
    private final OwnedConnections old;
    private final boolean[] weak;
    private final WorkerPool pool;

    private WeakNeurons(SparseLayer layer, double percentile, WorkerPool pool) {
        this.layer = layer;
        this.pool = pool;
        this.old = layer.owned(pool);
        this.weak = new boolean[layer.outputs()];
        double[] strengths = strengths();
        double[] alive = Arrays.stream(strengths).filter(strength -> strength > 0).sorted().toArray();
        double limit = percentile(alive, percentile);
        for (int neuron = 0; neuron < weak.length; neuron++) {
            weak[neuron] = strengths[neuron] < limit;
        }
    }

    /**
     * Finds the neurons that are weaker than a percentile of those that have connections.
     *
     * @param percentile in [0, 100], interpolated between two neurons
     * @param pool copies and rewires the connections
     */
    public static WeakNeurons of(SparseLayer layer, double percentile, WorkerPool pool) {
        return new WeakNeurons(layer, percentile, pool);
    }

    /** On one thread: the sums must not depend on the number of workers. */
    private double[] strengths() {
        double[] strengths = new double[layer.outputs()];
        for (int row = 0; row < old.near(); row++) {
            for (long k = old.starts().get(row); k < old.starts().get(row + 1L); k++) {
                strengths[output(row, k)] += Math.abs(old.weights().get(k));
            }
        }
        return strengths;
    }

    private int output(int row, long connection) {
        return layer.ownsIncoming() ? row : old.neighbours().get(connection);
    }

    private static double percentile(double[] sorted, double percentile) {
        if (sorted.length == 0) {
            return 0;
        }
        double position = percentile / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Removes all their incoming connections.
     *
     * @return how many there were
     */
    public long prune() {
        long before = old.count();
        long kept = 0;
        for (int row = 0; row < old.near(); row++) {
            for (long k = old.starts().get(row); k < old.starts().get(row + 1L); k++) {
                kept += weak[output(row, k)] ? 0 : 1;
            }
        }
        if (kept < before) {
            ArrayGroup arrays = new ArrayGroup();
            OwnedConnections others = others(kept, arrays);
            arrays.orClose(() -> {
                layer.rewire(others, pool);
                return layer;
            });
        } else {
            layer.release();
        }
        return before - kept;
    }

    private OwnedConnections others(long count, ArrayGroup arrays) {
        LongArray starts = arrays.longs(old.near() + 1L, old.starts().label());
        IntArray neighbours = arrays.ints(count, old.neighbours().label());
        FloatArray weights = arrays.floats(count, "weights");
        FloatArray velocity = arrays.floats(count, "velocity");
        FloatArray oldSecond = old.secondMoment();
        FloatArray second = oldSecond == null ? null : arrays.floats(count, "second moment");
        long out = 0;
        for (int row = 0; row < old.near(); row++) {
            for (long k = old.starts().get(row); k < old.starts().get(row + 1L); k++) {
                if (!weak[output(row, k)]) {
                    neighbours.set(out, old.neighbours().get(k));
                    weights.set(out, old.weights().get(k));
                    velocity.set(out, old.velocity().get(k));
                    if (oldSecond != null && second != null) {
                        second.set(out, oldSecond.get(k));
                    }
                    out++;
                }
            }
            starts.set(row + 1L, out);
        }
        return new OwnedConnections(old.near(), old.far(), starts, neighbours, weights, velocity, second);
    }
}
