package dev.filigree.evolution;

import dev.filigree.evolution.rewiring.WeakNeurons;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.List;

/**
 * Importance pruning of neurons (Curci, Mocanu and Pechenizkiy, Truly sparse neural networks at scale, arXiv
 * 2102.01732), beside another rule: at the end of some epochs all incoming connections of the weakest hidden neurons
 * are removed. A neuron is as strong as the sum of the magnitudes of its incoming weights; neurons without
 * any do not count. Nothing grows instead; the other rule may give such a neuron connections again.
 *
 * @param then changes the connections that are left
 * @param percentile of the neurons' strengths in a layer, below which they are pruned, above 0 and below 100;
 *     interpolated between two of them
 * @param from first epoch that ends with pruning, 1 or more
 * @param every epochs from there to the next, 1 or more
 */
public record NeuronPruning(Evolution then, double percentile, int from, int every) implements Evolution {
    /** Checks the ranges. */
    public NeuronPruning {
        if (!(percentile > 0 && percentile < 100)) {
            throw new IllegalArgumentException(
                    "percentile is %s, expected a number above 0 and below 100".formatted(percentile));
        }
        if (from < 1 || every < 1) {
            throw new IllegalArgumentException(
                    "neurons are pruned from epoch %d on every %d epochs, expected 1 or more for both".formatted(from,
                            every));
        }
    }

    @Override
    public boolean betweenEpochs() {
        return then.betweenEpochs();
    }

    @Override
    public boolean isDue(TrainingProgress now) {
        return prunes(now) || then.isDue(now);
    }

    private boolean prunes(TrainingProgress now) {
        return now.isEndOfEpoch() && now.epoch() >= from && (now.epoch() - from) % every == 0;
    }

    @Override
    public long[] evolve(List<EvolvingLayer> layers, TrainingProgress now, WorkerPool pool) {
        long[] pruned = new long[layers.size()];
        if (prunes(now)) {
            for (int l = 0; l < pruned.length; l++) {
                pruned[l] = layers.get(l).hidden()
                        ? WeakNeurons.of(layers.get(l).layer(), percentile, pool).prune()
                        : 0;
            }
        }
        if (then.isDue(now)) {
            long[] evolved = then.evolve(layers, now, pool);
            Arrays.setAll(pruned, l -> pruned[l] + evolved[l]);
        }
        return pruned;
    }
}
