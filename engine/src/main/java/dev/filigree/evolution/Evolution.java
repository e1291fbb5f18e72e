package dev.filigree.evolution;

import dev.filigree.network.SparseLayer;
import java.util.SplittableRandom;

/** How a sparse layer's connections change between epochs. */
public interface Evolution {
    /** Connections never change. */
    Evolution STATIC = new Evolution() {
        @Override
        public long evolve(SparseLayer layer, SplittableRandom random) {
            return 0;
        }

        @Override
        public String toString() {
            return "static";
        }
    };

    /**
     * Rewires one layer.
     *
     * @param layer whose connections, weights and velocities change
     * @param random draws of this layer and epoch
     * @return number of connections that were removed and grown elsewhere
     */
    long evolve(SparseLayer layer, SplittableRandom random);
}
