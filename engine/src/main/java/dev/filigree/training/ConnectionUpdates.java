package dev.filigree.training;

import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.SparseLayer;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.FlightRecorder;

/**
 * Rewires the layers of a network that is trained, when it is time.
 *
 * @param stepsPerEpoch of the training
 */
record ConnectionUpdates(Mlp mlp, TrainingConfig config, int stepsPerEpoch) {
    /** Whether updates take place between epochs; otherwise they follow their step. */
    boolean betweenEpochs() {
        return config.evolution().betweenEpochs();
    }

    /** Rewires the layers if the step just done is followed by it, and adds what they have lost to the epoch's sum. */
    void follow(RunningEpoch epoch, Propagation propagation, WorkerPool pool) {
        Evolution evolution = config.evolution();
        TrainingProgress now = progress(epoch);
        if (now.steps() == now.totalSteps() || !evolution.isDue(now)) {
            return;
        }
        EvolutionEvent event = FlightRecorder.isInitialized() ? new EvolutionEvent() : null;
        List<EvolvingLayer> layers = new ArrayList<>();
        int[] positions = new int[mlp.depth()];
        for (int l = 0; l < mlp.depth(); l++) {
            boolean hidden = l < mlp.depth() - 1;
            if ((hidden || config.evolveOutput()) && mlp.layer(l) instanceof SparseLayer layer) {
                positions[layers.size()] = l;
                layers.add(betweenEpochs()
                        ? new EvolvingLayer(layer, hidden, key(epoch.epoch, l), null)
                        : new EvolvingLayer(layer, hidden, key(epoch.epoch, l, epoch.step()), propagation.gradient(l)));
            }
        }
        long[] removed = evolution.evolve(layers, now, pool);
        for (int i = 0; i < removed.length; i++) {
            epoch.rewired[positions[i]] += removed[i];
        }
        propagation.adapt();
        if (event != null && event.shouldCommit()) {
            event.epoch = epoch.epoch;
            event.step = epoch.step();
            event.removed = Arrays.stream(removed).sum();
            event.connections = mlp.connections();
            event.commit();
        }
    }

    TrainingProgress progress(RunningEpoch epoch) {
        return new TrainingProgress(epoch.epoch, epoch.step(), stepsPerEpoch, config.epochs());
    }

    private long key(long... indices) {
        return RandomStreams.key(config.seed(), Purpose.EVOLUTION, indices);
    }
}
