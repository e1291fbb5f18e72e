package dev.filigree.fuzz;

import dev.filigree.memory.OffHeapMemory;
import dev.filigree.training.TrainingDivergedException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Uses the engine as nobody should: wrong sizes, absurd values, things that are closed, several threads at once. Allowed
 * are a result, or one of the exceptions that the engine documents, with a message; with no off-heap memory left and no
 * thread that does not end. That the JVM survives is the point.
 *
 * <p>A run is determined by its seed but for what depends on the moment in which threads meet.
 */
public final class Misuse {
    /** What is misused. */
    enum Subject {
        /** Arrays, matrices, topologies. */
        MEMORY,
        /** The facade of the kernels. */
        KERNELS,
        /** Networks, trainings, checkpoints, comparisons. */
        NETWORKS,
        /** Everything, by several threads. */
        THREADS
    }

    private static final int MOST_THREADS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SplittableRandom random;
    private final Map<Subject, Long> rounds = new EnumMap<>(Subject.class);
    private final Map<String, Long> refusals = new TreeMap<>();
    private double mostSeconds;
    private String longest = "none";

    /** A run from a seed. */
    public Misuse(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Runs for so long: {@code Misuse [minutes] [seed]}. */
    static void main(String[] arguments) throws InterruptedException {
        double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        Misuse misuse = new Misuse(seed);
        try {
            misuse.run(Duration.ofMillis(Math.round(minutes * 60_000)));
        } finally {
            System.out.println(misuse.summary());
        }
    }

    /**
     * Misuses for so long.
     *
     * @throws AssertionError if something happens that is not allowed
     */
    public void run(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Subject subject = Subject.values()[random.nextInt(Subject.values().length)];
            long seed = random.nextLong();
            SplittableRandom own = new SplittableRandom(seed);
            rounds.merge(subject, 1L, Long::sum);
            long begin = System.nanoTime();
            try {
                switch (subject) {
                    case MEMORY -> new MemoryMisuse(own, this).run();
                    case KERNELS -> new KernelMisuse(own, this).run();
                    case NETWORKS -> new NetworkMisuse(own, this).run();
                    case THREADS -> new ThreadMisuse(own, this).run();
                }
                requireNothingLeft();
            } catch (AssertionError e) {
                throw new AssertionError("%s, seed %d: %s".formatted(subject, seed, e.getMessage()), e);
            }
            double seconds = (System.nanoTime() - begin) * 1e-9;
            if (seconds > mostSeconds) {
                mostSeconds = seconds;
                longest = "%s, seed %d: %.1f s".formatted(subject, seed, seconds);
            }
        }
    }

    /** Something that may be refused. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }

    /** Tries it. */
    void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
                | TrainingDivergedException e) {
            refused(e);
        } catch (OutOfMemoryError e) {
            require(String.valueOf(e.getMessage()).startsWith("cannot allocate "), e);
            refused(e);
        } catch (Exception e) {
            throw new AssertionError("not documented: " + e, e);
        }
    }

    private synchronized void refused(Throwable e) {
        require(e.getMessage() != null && !e.getMessage().isBlank(), e);
        refusals.merge(e.getClass().getSimpleName(), 1L, Long::sum);
    }

    private static void require(boolean holds, Throwable e) {
        if (!holds) {
            throw new AssertionError("without a message for a person: " + e, e);
        }
    }

    private static void requireNothingLeft() throws InterruptedException {
        if (!OffHeapMemory.leakReport().isEmpty()) {
            throw new AssertionError("memory stays allocated: " + OffHeapMemory.leakReport());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Thread.activeCount() > MOST_THREADS) {
            if (System.nanoTime() > end) {
                throw new AssertionError(Thread.activeCount() + " threads do not end");
            }
            Thread.sleep(1);
        }
    }

    /** What has been done so far. */
    public synchronized String summary() {
        return "rounds %s, the longest %s; refusals %s; off-heap %s".formatted(rounds, longest, refusals,
                OffHeapMemory.leakReport());
    }

    /** Mostly a size that may be right, sometimes one that never is. */
    static int size(SplittableRandom random) {
        int[] absurd = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 63};
        return random.nextInt(6) == 0 ? absurd[random.nextInt(absurd.length)] : random.nextInt(1, 70);
    }

    /** Any number, also such as are none. */
    static float number(SplittableRandom random) {
        float[] absurd = {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
                Float.MAX_VALUE, -1e30f};
        return random.nextInt(4) == 0 ? absurd[random.nextInt(absurd.length)] : random.nextFloat() - 0.5f;
    }
}
