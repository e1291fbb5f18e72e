package dev.filigree.bench;

import dev.filigree.parallel.WorkerPool;
import java.util.List;

/** Finds out in a few seconds from which density on this machine trains a layer faster with dense products. */
public final class Calibration {
    /** Large enough for the dense backend to reach its speed, small enough to be done soon. */
    private static final Shape SHAPE = new Shape(1000, 1000);

    private static final List<Double> DENSITIES = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0);

    private Calibration() {}

    /**
     * The break-even density of a training step.
     *
     * @param batch samples
     * @param threads that share the work
     */
    public static BreakEven breakEven(int batch, int threads) {
        SweepSettings settings = new SweepSettings(List.of(SHAPE), DENSITIES, batch, threads, true);
        try (WorkerPool pool = new WorkerPool(threads)) {
            DensitySweep sweep = new DensitySweep(settings, pool, () -> {
            });
            sweep.warmUp();
            return sweep.run(SHAPE).breakEven(Pass.STEP);
        }
    }
}
