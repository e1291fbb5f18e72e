package dev.filigree.evolution;

import dev.filigree.evolution.rewiring.SmallestMagnitudes;
import dev.filigree.parallel.WorkerPool;
import java.util.List;

/** Among which weights the smallest are removed. */
public enum Pruning {
    /**
     * In every layer the same fraction of the positive and of the negative weights, and all that are exactly 0 (SET).
     */
    EACH_SIGN {
        @Override
        void prune(List<LayerUpdate> layers, double fraction, WorkerPool pool) {
            for (LayerUpdate layer : layers) {
                layer.prune(
                        SmallestMagnitudes.ofEachSign(layer.weights(), layer.bounds(), layer.share(fraction), pool));
            }
        }
    },
    /** In every layer the same fraction, whatever the sign (RigL). */
    LAYER {
        @Override
        void prune(List<LayerUpdate> layers, double fraction, WorkerPool pool) {
            for (LayerUpdate layer : layers) {
                pruneTogether(List.of(layer), fraction, pool);
            }
        }
    },
    /** As many over all layers together, by one threshold (DSR). */
    NETWORK {
        @Override
        void prune(List<LayerUpdate> layers, double fraction, WorkerPool pool) {
            pruneTogether(layers, fraction, pool);
        }
    };

    /**
     * Tells every layer what to remove: as many connections as it has too many, and a fraction of the others.
     *
     * @param fraction in [0, 1)
     */
    abstract void prune(List<LayerUpdate> layers, double fraction, WorkerPool pool);

    private static void pruneTogether(List<LayerUpdate> layers, double fraction, WorkerPool pool) {
        long removed = layers.stream().mapToLong(layer -> layer.victims(fraction)).sum();
        List<SmallestMagnitudes> smallest = SmallestMagnitudes.ofAll(
                layers.stream().map(LayerUpdate::weights).toList(), layers.stream().map(LayerUpdate::bounds).toList(),
                removed, pool);
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).prune(smallest.get(l));
        }
    }
}
