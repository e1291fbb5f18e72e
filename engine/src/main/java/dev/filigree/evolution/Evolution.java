package dev.filigree.evolution;

import dev.filigree.network.SparseLayer;
import dev.filigree.parallel.WorkerPool;

/** How a sparse layer's connections change between epochs. */
public interface Evolution {
    /** Connections never change. */
    Evolution STATIC = new Evolution() {
        @Override
        public long evolve(SparseLayer layer, long key, WorkerPool pool) {
            return 0;
        }

        @Override
        public String toString() {
            return "static";
        }
    };

    /**
     * Rewires one layer. The result depends on the layer and the key alone, not on the number of workers.
     *
     * @param layer whose connections, weights and velocities change
     * @param key of everything random in this layer and epoch
     * @param pool does the work
     * @return number of connections that were removed and grown elsewhere
     */
    long evolve(SparseLayer layer, long key, WorkerPool pool);
}
