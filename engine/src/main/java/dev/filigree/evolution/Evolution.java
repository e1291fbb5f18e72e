package dev.filigree.evolution;

import dev.filigree.parallel.WorkerPool;
import java.util.List;

/**
 * How a network's connections change during training. A rule keeps nothing from one update to the next: all it needs
 * it finds in the layers, so that a checkpoint holds nothing of the rule.
 */
public interface Evolution {
    /** Connections never change. */
    Evolution STATIC = new Evolution() {
        @Override
        public boolean betweenEpochs() {
            return true;
        }

        @Override
        public boolean isDue(TrainingProgress now) {
            return false;
        }

        @Override
        public long[] evolve(List<EvolvingLayer> layers, TrainingProgress now, WorkerPool pool) {
            return new long[layers.size()];
        }

        @Override
        public String toString() {
            return "static";
        }
    };

    /**
     * Whether updates take place between epochs, when the network has been evaluated and saved. Otherwise they follow
     * their step at once, and an epoch's evaluation sees them.
     */
    boolean betweenEpochs();

    /** Whether the step just done is followed by an update; asked at the end of epochs alone if they are between them. */
    boolean isDue(TrainingProgress now);

    /**
     * Rewires the layers. The result depends on the layers, their keys and the moment alone, not on the number of
     * workers.
     *
     * @param layers that may change, from the input side
     * @param now what {@link #isDue} was asked with
     * @param pool does the work
     * @return of every layer the number of connections removed
     */
    long[] evolve(List<EvolvingLayer> layers, TrainingProgress now, WorkerPool pool);
}
