package dev.filigree.random;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Draws {@code n} distinct numbers of {@code 0 … size - 1}, every subset equally likely, in ascending order, with
 * time proportional to {@code n} and no memory (Vitter, "An efficient algorithm for sequential random sampling",
 * ACM TOMS 13(1), 1987, algorithms A and D).
 */
public final class SequentialSample {
    /** Below this many remaining numbers per drawn one, scanning is cheaper than skipping. */
    private static final int ALPHA_INVERSE = 13;

    private final SplittableRandom random;
    private long toDraw;
    private long remaining;
    private long next;
    private double vPrime;
    private boolean scanning;

    /**
     * Prepares a sample.
     *
     * @param size numbers to choose from, 0 or more
     * @param n how many to draw, at most {@code size}
     */
    public SequentialSample(long size, long n, SplittableRandom random) {
        if (n < 0 || n > size) {
            throw new IllegalArgumentException("cannot draw %d distinct numbers of %d".formatted(n, size));
        }
        this.random = random;
        this.toDraw = n;
        this.remaining = size;
        this.vPrime = n > 0 ? power((double) n) : 0;
    }

    /** Whether another number is to come. */
    public boolean hasNext() {
        return toDraw > 0;
    }

    /** The next number, larger than all before. */
    public long next() {
        if (toDraw == 0) {
            throw new NoSuchElementException("all numbers are drawn");
        }
        long skip;
        if (toDraw == 1) {
            skip = Math.min(remaining - 1, (long) (remaining * random.nextDouble()));
        } else {
            scanning |= toDraw * ALPHA_INVERSE >= remaining;
            skip = scanning ? skipByScan() : skipByRejection();
        }
        long drawn = next + skip;
        next = drawn + 1;
        remaining -= skip + 1;
        toDraw--;
        return drawn;
    }

    private long skipByScan() {
        double u = random.nextDouble();
        double top = remaining - toDraw;
        double size = remaining;
        long skip = 0;
        double probability = top / size;
        while (probability > u) {
            skip++;
            top--;
            size--;
            probability *= top / size;
        }
        return skip;
    }

    private long skipByRejection() {
        double n = toDraw;
        double size = remaining;
        double limit = size - n + 1;
        double inverse = 1 / (n - 1);
        while (true) {
            double x;
            long skip;
            while (true) {
                x = size * (1 - vPrime);
                skip = (long) x;
                if (skip < limit) {
                    break;
                }
                vPrime = power(n);
            }
            double u = random.nextDouble();
            double y1 = Math.exp(Math.log(u * size / limit) * inverse);
            vPrime = y1 * (1 - x / size) * (limit / (limit - skip));
            if (vPrime <= 1) {
                return skip;
            }
            double y2 = 1;
            double top = size - 1;
            double bottom;
            double stop;
            if (n - 1 > skip) {
                bottom = size - n;
                stop = size - skip;
            } else {
                bottom = size - skip - 1;
                stop = limit;
            }
            for (double t = size - 1; t >= stop; t--) {
                y2 *= top / bottom;
                top--;
                bottom--;
            }
            if (size / (size - x) >= y1 * Math.exp(Math.log(y2) * inverse)) {
                vPrime = power(n - 1);
                return skip;
            }
            vPrime = power(n);
        }
    }

    private double power(double n) {
        // nextDouble is in [0, 1); one minus it is never 0.
        return Math.exp(Math.log(1 - random.nextDouble()) / n);
    }
}
