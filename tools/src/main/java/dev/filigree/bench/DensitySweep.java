package dev.filigree.bench;

import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Times one layer sparse and dense over a range of densities.
 *
 * <p>All contenders take turns until the time of a density is over, so that whatever else happens on the machine
 * happens to all of them. The sparse layer is run by the engine's own training code, whose backward sweep updates the
 * weights, too. The dense forward and backward pass are bare matrix products without any update, so the comparison
 * favours them; the dense step is the engine's dense layer.
 */
public final class DensitySweep {
    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_REPEATS = 50;

    /** How much longer than planned a density may take before there are {@link #LEAST_ROUNDS}. */
    private static final int PATIENCE = 5;

    /** Kernels are warm when for a while no run took so much less than the shortest before. */
    private static final double FASTER = 0.9;

    private static final Shape WARM_UP_SHAPE = new Shape(384, 384);

    /** Few connections, and enough for blocks. */
    private static final double[] WARM_UP_DENSITIES = {0.02, 0.3};

    private final SweepSettings settings;
    private final WorkerPool pool;
    private final Runnable pointDone;

    /**
     * Prepares a sweep.
     *
     * @param pool whose threads share the work
     * @param pointDone called after every density of every shape
     */
    public DensitySweep(SweepSettings settings, WorkerPool pool, Runnable pointDone) {
        this.settings = settings;
        this.pool = pool;
        this.pointDone = pointDone;
    }

    /** Runs all kernels until the JIT compiler is done with them. */
    public void warmUp() {
        try (Contenders contenders = new Contenders(WARM_UP_SHAPE)) {
            for (double density : WARM_UP_DENSITIES) {
                warmUp(contenders, density);
            }
        }
    }

    private void warmUp(Contenders contenders, double density) {
        try (LayerNetwork sparse = contenders.layer(density, LayerNetwork.Products.SPARSE)) {
            long improved = System.nanoTime();
            long fastest = Long.MAX_VALUE;
            while (System.nanoTime() - improved < settings.warmUpNanos()) {
                contenders.runDense(new PassSamples());
                long nanos = contenders.runSparse(sparse, new PassSamples());
                if (nanos < FASTER * fastest) {
                    fastest = nanos;
                    improved = System.nanoTime();
                }
            }
        }
    }

    /** Times all densities of one shape. */
    public ShapeSweep run(Shape shape) {
        List<SweepPoint> points = new ArrayList<>();
        try (Contenders contenders = new Contenders(shape)) {
            // The first layers may have other lengths of loops than any before, for which code is compiled anew.
            warmUp(contenders, settings.densities().getFirst());
            for (double density : settings.densities()) {
                try (LayerNetwork sparse = contenders.layer(density, LayerNetwork.Products.SPARSE);
                        LayerNetwork auto = contenders.layer(density, LayerNetwork.Products.AUTO)) {
                    points.add(point(shape, contenders, sparse, auto));
                }
                pointDone.run();
            }
        }
        return new ShapeSweep(shape, List.copyOf(points));
    }

    private SweepPoint point(Shape shape, Contenders contenders, LayerNetwork sparse, LayerNetwork auto) {
        // Fresh memory and caches: the first runs do not count.
        contenders.runSparse(sparse, new PassSamples());
        long sparseNanos = contenders.runSparse(sparse, new PassSamples());
        PassSamples sparseSamples = new PassSamples();
        PassSamples denseSamples = new PassSamples();
        PassSamples autoSamples = new PassSamples();
        if (auto.hasDenseProducts()) {
            contenders.runSparse(auto, new PassSamples());
        }
        long start = System.nanoTime();
        long limit = settings.pointNanos();
        long elapsed = 0;
        for (int round = 0; elapsed < limit || (round < LEAST_ROUNDS && elapsed < PATIENCE * limit); round++) {
            long denseNanos = contenders.runDense(denseSamples);
            // A short run is repeated, for it varies more and costs less.
            long repeats = Math.clamp(denseNanos / (2 * sparseNanos), 1, MOST_REPEATS);
            for (int repeat = 0; repeat < repeats; repeat++) {
                contenders.runSparse(sparse, sparseSamples);
            }
            if (auto.hasDenseProducts()) {
                contenders.runSparse(auto, autoSamples);
            }
            elapsed = System.nanoTime() - start;
        }
        Map<Pass, Spread> sparseTimes = sparseSamples.spreads();
        return new SweepPoint((double) sparse.connections() / shape.cells(), sparse.connections(), settings.batch(),
                sparseTimes, denseSamples.spreads(), auto.hasDenseProducts(),
                Spread.of(Pass.STEP, auto.hasDenseProducts() ? autoSamples.spreads() : sparseTimes));
    }

    /** What one shape is timed on, but for the sparse layers, which come and go with their density. */
    private final class Contenders implements AutoCloseable {
        private final Shape shape;
        private final LayerNetwork sparseFrame;
        private final LayerNetwork denseFrame;
        private final LayerNetwork denseLayer;
        private final DenseProducts products;

        Contenders(Shape shape) {
            this.shape = shape;
            sparseFrame = LayerNetwork.frame(shape, false, settings.batch(), pool);
            denseFrame = LayerNetwork.frame(shape, true, settings.batch(), pool);
            denseLayer = LayerNetwork.around(shape, null, LayerNetwork.Products.SPARSE, settings.batch(), pool);
            products = new DenseProducts(shape, settings.batch(), pool);
        }

        LayerNetwork layer(double density, LayerNetwork.Products layerProducts) {
            return LayerNetwork.around(shape, density, layerProducts, settings.batch(), pool);
        }

        /** Runs each pass once and returns the nanoseconds of all. */
        long runSparse(LayerNetwork network, PassSamples samples) {
            long start = System.nanoTime();
            LayerNetwork.Nanos nanos = network.run().minus(sparseFrame.run());
            samples.add(Pass.FORWARD, nanos.forward());
            samples.add(Pass.BACKWARD, nanos.backward());
            samples.add(Pass.STEP, nanos.step());
            return Math.max(1, System.nanoTime() - start);
        }

        /** Runs each pass once and returns the nanoseconds of all. */
        long runDense(PassSamples samples) {
            long start = System.nanoTime();
            samples.add(Pass.FORWARD, products.forward());
            samples.add(Pass.BACKWARD, products.backward());
            samples.add(Pass.STEP, denseLayer.run().minus(denseFrame.run()).step());
            return Math.max(1, System.nanoTime() - start);
        }

        @Override
        public void close() {
            products.close();
            denseLayer.close();
            denseFrame.close();
            sparseFrame.close();
        }
    }
}
