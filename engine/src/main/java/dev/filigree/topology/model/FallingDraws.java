package dev.filigree.topology.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws places of a ring without replacement, a place at distance d with a probability in proportion to
 * {@code (1 + d)^-alpha}. A place is known by its rank: 0 is at distance 0, ranks 2d - 1 and 2d are at distance d.
 *
 * <p>Such draws are the same as letting every place wait for an exponential time at the rate of its weight, and taking
 * the first ones (Efraimidis and Spirakis, Information Processing Letters 97, 2006). Only places that arrive within a
 * limit are looked at: as rates fall with the rank, those are found by skipping (Miller and Hagberg, WAW 2011), in time
 * about proportional to their number. If too few arrive, time goes on for as long again.
 */
final class FallingDraws {
    private static final double PRECISION = 1e-3;

    private final int places;
    private final double alpha;
    private final SplittableRandom random;
    private final BitSet arrived;

    /** The limit is a time of {@code exp(logLimit)}. */
    private double logLimit;

    private int found;
    private int[] ranks = {};
    private double[] times = {};

    /**
     * Draws from a ring.
     *
     * @param places of the ring, 1 or more
     * @param alpha 0 or more; infinite to take the nearest ones
     * @param most how many are drawn at most, up to {@code places}
     */
    FallingDraws(int places, double alpha, int most, SplittableRandom random) {
        this.places = places;
        this.alpha = alpha;
        this.random = random;
        this.arrived = new BitSet(places);
        if (!Double.isInfinite(alpha) && most < places) {
            // More than are needed by three deviations: to wait for a second time is rare.
            setLimit(Math.min(most + 3 * Math.sqrt(most) + 3, 0.9 * places + 0.1 * most));
        }
    }

    static int distance(int rank) {
        return (rank + 1) / 2;
    }

    /** The ranks of so many different places. */
    int[] draw(int count) {
        if (count == 0 || count == places || Double.isInfinite(alpha)) {
            return IntStream.range(0, count).toArray();
        }
        found = 0;
        for (int round = 0; found < count; round++) {
            arrive(round);
        }
        for (int i = 0; i < found; i++) {
            arrived.clear(ranks[i]);
        }
        return first(count);
    }

    /** Those that arrive in one more span of time, which have not arrived before. */
    private void arrive(int round) {
        double cap = probability(0);
        for (long rank = 0; rank < places; rank++) {
            if (cap < 1) {
                rank += (long) Math.min(places, Math.log1p(-random.nextDouble()) / Math.log1p(-cap));
                if (rank >= places) {
                    return;
                }
            }
            double probability = probability((int) rank);
            if (random.nextDouble() * cap < probability && !arrived.get((int) rank)) {
                add((int) rank, round + time((int) rank, probability));
            }
            if (probability == 0) {
                return;
            }
            cap = probability;
        }
    }

    private void add(int rank, double time) {
        if (found == ranks.length) {
            ranks = Arrays.copyOf(ranks, 2 * found + 16);
            times = Arrays.copyOf(times, 2 * found + 16);
        }
        arrived.set(rank);
        ranks[found] = rank;
        times[found++] = time;
    }

    /** When one arrives that arrives within the limit, as a share of it. */
    private double time(int rank, double probability) {
        return -Math.log1p(-random.nextDouble() * probability) / rate(rank);
    }

    private int[] first(int count) {
        double[] sorted = Arrays.copyOf(times, found);
        Arrays.sort(sorted);
        double last = sorted[count - 1];
        int ties = count;
        for (int i = 0; i < found; i++) {
            ties -= times[i] < last ? 1 : 0;
        }
        int[] chosen = new int[count];
        int k = 0;
        for (int i = 0; i < found; i++) {
            if (times[i] < last || (times[i] == last && ties-- > 0)) {
                chosen[k++] = ranks[i];
            }
        }
        return chosen;
    }

    /** Arrivals expected within the limit, per place. */
    private double rate(int rank) {
        return Math.exp(logLimit - alpha * Math.log1p(distance(rank)));
    }

    /** Of arriving within the limit. */
    private double probability(int rank) {
        return -Math.expm1(-rate(rank));
    }

    /** Finds by bisection within which time so many are expected to arrive. */
    private void setLimit(double wanted) {
        double low = -40;
        double high = 1;
        for (logLimit = high; expected() < wanted; logLimit = high) {
            high *= 2;
        }
        while (high - low > PRECISION) {
            logLimit = (low + high) / 2;
            if (expected() < wanted) {
                low = logLimit;
            } else {
                high = logLimit;
            }
        }
    }

    private double expected() {
        double sum = probability(0);
        for (int rank = 1; rank < places; rank += 2) {
            sum += (rank + 1 < places ? 2 : 1) * probability(rank);
        }
        return sum;
    }
}
