package dev.filigree.evolution;

import dev.filigree.network.Initializer;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that remove the smallest weights and grow connections elsewhere: SET, RigL, SNFS, DSR, and pruning, which
 * grows none. New connections have moments of 0. A place that has just lost its connection is as free as any other.
 *
 * <p>A complete layer that neither gets sparser nor shares its connections with others has no other place for one and
 * is left alone. Time is proportional to the connections, but for the gradients of {@link Growth#GRADIENT}, which take a
 * dense product each; at no time is there more memory than for the layers, one copy of one of them, a block of its
 * gradient per worker and, of layers whose products run over blocks or are dense, all values once more.
 *
 * @param pruning among which weights the smallest go
 * @param growth where connections grow
 * @param redistribution in which layers they grow
 * @param fraction of the connections replaced by an update at the beginning of the window, in [0, 1)
 * @param drop how the fraction changes over the window
 * @param updates when
 * @param finalDensity share of all places of the layers that have a connection after the last update, in (0, 1]: in
 *     every update all layers lose the same share of their connections; null for as many connections as before
 * @param grown how weights of new connections are drawn; null to start them at 0
 */
public record PruneAndGrow(Pruning pruning, Growth growth, Redistribution redistribution, double fraction,
        DropSchedule drop, UpdateSchedule updates, @Nullable Double finalDensity, @Nullable Initializer grown)
        implements
            Evolution {
    /** Checks the ranges. */
    public PruneAndGrow {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "zeta is %s, expected a fraction of at least 0 and below 1".formatted(fraction));
        }
        if (finalDensity != null && !(finalDensity > 0 && finalDensity <= 1)) {
            throw new IllegalArgumentException(
                    "final density is %s, expected a number above 0 and at most 1".formatted(finalDensity));
        }
    }

    /**
     * Sparse evolutionary training (Mocanu et al., Nature Communications 9, 2018, algorithm 1): after every epoch the
     * fraction zeta of the smallest positive and of the largest negative weights is removed, and as many connections
     * grow at free places, every free place equally likely. Weights that are exactly 0 are removed too.
     *
     * @param zeta fraction of the connections replaced, in [0, 1)
     * @param grown how weights of new connections are drawn; null to start them at 0
     */
    public static PruneAndGrow set(double zeta, @Nullable Initializer grown) {
        return new PruneAndGrow(Pruning.EACH_SIGN, Growth.RANDOM, Redistribution.NONE, zeta, DropSchedule.CONSTANT,
                UpdateSchedule.EVERY_EPOCH, null, grown);
    }

    /**
     * RigL (Evci et al., Rigging the lottery, ICML 2020, algorithm 1): every layer drops its smallest weights and grows
     * as many connections where the gradient is largest, which start at 0; the fraction falls along a cosine. An
     * update follows its step, of whose batch it takes the gradient, where the authors leave the step away.
     *
     * @param fraction of the connections replaced at the beginning, in [0, 1); the authors' is 0.3
     * @param updates when; the authors': every 100 steps until 0.75 of the training
     */
    public static PruneAndGrow rigl(double fraction, UpdateSchedule updates) {
        return new PruneAndGrow(Pruning.LAYER, Growth.GRADIENT, Redistribution.NONE, fraction, DropSchedule.COSINE,
                updates, null, null);
    }

    /**
     * Gradual magnitude pruning (Zhu and Gupta, To prune, or not to prune, arXiv 1710.01878): the smallest weights go,
     * many at first and fewer and fewer later, until a density is reached. Where layers differ in density at the start,
     * they all lose the same share of their connections.
     *
     * @param finalDensity of the layers together after the last update, in (0, 1]
     * @param updates when
     */
    public static PruneAndGrow gradualPruning(double finalDensity, UpdateSchedule updates) {
        return new PruneAndGrow(Pruning.LAYER, Growth.RANDOM, Redistribution.NONE, 0, DropSchedule.CONSTANT, updates,
                finalDensity, null);
    }

    /**
     * Sparse momentum (SNFS; Dettmers and Zettlemoyer, Sparse networks from scratch, arXiv 1907.04840), but for one
     * thing: every layer drops its smallest weights, and the layers grow connections in proportion to the mean
     * magnitude of their momentum; but these grow where the gradient of the batch is largest, not its momentum, as the
     * momentum of connections that do not exist would take the memory of a dense network.
     *
     * @param fraction of the connections replaced at the beginning, in [0, 1); it falls along a cosine
     * @param updates when; the authors': at the end of every epoch
     */
    public static PruneAndGrow snfs(double fraction, UpdateSchedule updates) {
        return new PruneAndGrow(Pruning.LAYER, Growth.GRADIENT, Redistribution.MOMENTUM, fraction,
                DropSchedule.COSINE, updates, null, null);
    }

    /**
     * Dynamic sparse reparameterization (DSR; Mostafa and Wang, ICML 2019, algorithm 1): the smallest weights of the
     * whole network go, and the layers grow connections at random in proportion to what they have left. The authors
     * adapt the threshold so that about the wanted number goes; here it is the one by which exactly so many go.
     *
     * @param fraction of the connections replaced, in [0, 1)
     * @param updates when
     */
    public static PruneAndGrow dsr(double fraction, UpdateSchedule updates) {
        return new PruneAndGrow(Pruning.NETWORK, Growth.RANDOM, Redistribution.SURVIVORS, fraction,
                DropSchedule.CONSTANT, updates, null, null);
    }

    /** As this, with another course of the fraction. */
    public PruneAndGrow dropping(DropSchedule other) {
        return new PruneAndGrow(pruning, growth, redistribution, fraction, other, updates, finalDensity, grown);
    }

    /** As this, at other times. */
    public PruneAndGrow updating(UpdateSchedule other) {
        return new PruneAndGrow(pruning, growth, redistribution, fraction, drop, other, finalDensity, grown);
    }

    /** As this, with new connections whose weights are drawn. */
    public PruneAndGrow growing(Initializer weights) {
        return new PruneAndGrow(pruning, growth, redistribution, fraction, drop, updates, finalDensity, weights);
    }

    /** As this, with layers that get sparser. */
    public PruneAndGrow decayingTo(double density) {
        return new PruneAndGrow(pruning, growth, redistribution, fraction, drop, updates, density, grown);
    }

    /** Updates at the end of epochs take place between them, unless they need the gradient of the last batch. */
    @Override
    public boolean betweenEpochs() {
        return updates.every() == UpdateSchedule.EPOCH && growth != Growth.GRADIENT;
    }

    @Override
    public boolean isDue(TrainingProgress now) {
        return updates.isDue(now);
    }

    @Override
    public long[] evolve(List<EvolvingLayer> layers, TrainingProgress now, WorkerPool pool) {
        double kept = kept(layers, now);
        int[] positions = new int[layers.size()];
        List<LayerUpdate> open = new ArrayList<>();
        for (int l = 0; l < positions.length; l++) {
            EvolvingLayer layer = layers.get(l);
            if (kept < 1 || redistribution != Redistribution.NONE
                    || layer.layer().connections() < layer.places()) {
                positions[open.size()] = l;
                open.add(new LayerUpdate(layer, kept, pool));
            }
        }
        pruning.prune(open, drop.at(fraction, updates.position(now)), pool);
        long[] grow = redistribution.grown(open);
        long[] removed = new long[layers.size()];
        for (int i = 0; i < grow.length; i++) {
            removed[positions[i]] = open.get(i).removed();
            open.get(i).rewire(grow[i], growth, grown);
        }
        return removed;
    }

    /** Which share of the connections there are to be after this update. */
    private double kept(List<EvolvingLayer> layers, TrainingProgress now) {
        double connections = layers.stream().mapToLong(layer -> layer.layer().connections()).sum();
        double goal = finalDensity == null
                ? connections
                : finalDensity * layers.stream().mapToLong(EvolvingLayer::places).sum();
        return connections <= goal
                ? 1
                : (goal + (connections - goal) * updates.cubicDecay(now)) / connections;
    }
}
