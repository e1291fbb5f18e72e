package dev.filigree.evolution.rewiring;

import static dev.filigree.evolution.rewiring.MagnitudeCounts.NEGATIVE;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which of a layer's weights to remove: all below a magnitude, which may differ between positive and negative ones,
 * and some of those at it, the first in the order of the array. Found without sorting, by histograms; what a worker
 * counts also tells how many ties it may take.
 */
public final class SmallestMagnitudes {
    private static final int POSITIVE = 0;

    private final int positiveLimit;
    private final int negativeLimit;
    private final long[] positiveTies;
    private final long[] negativeTies;
    private final long total;

    private SmallestMagnitudes(MagnitudeCounts[] counts, MagnitudeThreshold positive, MagnitudeThreshold negative) {
        this.positiveLimit = positive.limit();
        this.negativeLimit = negative.limit();
        // All positive ties first: which go must not depend on the number of workers.
        this.positiveTies = Arrays.stream(counts).mapToLong(c -> positive.takeTies(c, POSITIVE)).toArray();
        this.negativeTies = Arrays.stream(counts).mapToLong(c -> negative.takeTies(c, NEGATIVE)).toArray();
        this.total = Arrays.stream(counts)
                .mapToLong(c -> positive.below(c, POSITIVE) + negative.below(c, NEGATIVE)).sum()
                + Arrays.stream(positiveTies).sum() + Arrays.stream(negativeTies).sum();
    }

    /**
     * Exactly the given fraction of the positive weights, smallest first, the same fraction of the negative ones, largest
     * first, and all that are 0.
     *
     * @param weights finite numbers
     * @param bounds worker {@code w} is to look at positions {@code bounds[w] … bounds[w + 1] - 1}, together all
     * @param fraction in [0, 1)
     */
    public static SmallestMagnitudes ofEachSign(FloatArray weights, long[] bounds, double fraction,
            WorkerPool pool) {
        MagnitudeCounts[] counts = new MagnitudeCounts[bounds.length - 1];
        pool.run(w -> counts[w] = counts(weights, bounds, w));
        MagnitudeThreshold positive = new MagnitudeThreshold(counts, new int[]{POSITIVE},
                MagnitudeThreshold.fractionAndZeros(counts, POSITIVE, fraction));
        MagnitudeThreshold negative = new MagnitudeThreshold(counts, new int[]{NEGATIVE},
                MagnitudeThreshold.fractionAndZeros(counts, NEGATIVE, fraction));
        for (int level = 1; level < MagnitudeCounts.LEVELS; level++) {
            int next = level;
            pool.run(w -> counts[w].count(next, positive.known(POSITIVE), negative.known(NEGATIVE)));
            positive.refine();
            negative.refine();
        }
        return new SmallestMagnitudes(counts, positive, negative);
    }

    /**
     * The smallest magnitudes of several layers together. Of equal ones those of earlier layers go first, in a layer
     * the positive ones.
     *
     * @param weights of every layer, finite numbers
     * @param bounds of every layer, as for {@link #ofEachSign}
     * @param removed how many are to be removed, at most all
     * @return of every layer which
     */
    public static List<SmallestMagnitudes> ofAll(List<FloatArray> weights, List<long[]> bounds, long removed,
            WorkerPool pool) {
        int workers = pool.threads();
        MagnitudeCounts[] counts = new MagnitudeCounts[weights.size() * workers];
        pool.run(w -> {
            for (int l = 0; l < weights.size(); l++) {
                counts[l * workers + w] = counts(weights.get(l), bounds.get(l), w);
            }
        });
        MagnitudeThreshold threshold = new MagnitudeThreshold(counts, new int[]{POSITIVE, NEGATIVE}, removed);
        for (int level = 1; level < MagnitudeCounts.LEVELS; level++) {
            int next = level;
            pool.run(w -> {
                for (int l = 0; l < weights.size(); l++) {
                    counts[l * workers + w].count(next, threshold.known(POSITIVE), threshold.known(NEGATIVE));
                }
            });
            threshold.refine();
        }
        List<SmallestMagnitudes> result = new ArrayList<>();
        for (int l = 0; l < weights.size(); l++) {
            result.add(new SmallestMagnitudes(Arrays.copyOfRange(counts, l * workers, (l + 1) * workers), threshold,
                    threshold));
        }
        return result;
    }

    private static MagnitudeCounts counts(FloatArray weights, long[] bounds, int worker) {
        return new MagnitudeCounts(weights.address() + 4 * bounds[worker], weights.address() + 4 * bounds[worker + 1]);
    }

    /** How many weights are to be removed. */
    public long total() {
        return total;
    }

    /** Bits of the magnitude below which all positive weights and 0 are to be removed. */
    int positiveLimit() {
        return positiveLimit;
    }

    /** Bits of the magnitude below which all negative weights and -0 are to be removed. */
    int negativeLimit() {
        return negativeLimit;
    }

    /** How many of its positive weights at the limit a worker is to remove, the first of them. */
    long positiveTies(int worker) {
        return positiveTies[worker];
    }

    /** How many of its negative weights at the limit a worker is to remove, the first of them. */
    long negativeTies(int worker) {
        return negativeTies[worker];
    }
}
