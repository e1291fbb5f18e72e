package dev.filigree.training;

/** Sums the time of an epoch's phases. */
final class Stopwatch {
    static final int FEED = 0;
    static final int FORWARD = 1;
    static final int BACKWARD = 2;
    static final int EVOLUTION = 3;
    static final int EVALUATION = 4;

    private final long[] nanos = new long[5];
    private long last;

    /** Goes on from these times. */
    Stopwatch(PhaseTimes before) {
        nanos[FEED] = nanos(before.feed());
        nanos[FORWARD] = nanos(before.forward());
        nanos[BACKWARD] = nanos(before.backward());
        nanos[EVOLUTION] = nanos(before.evolution());
        nanos[EVALUATION] = nanos(before.evaluation());
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    void start() {
        last = System.nanoTime();
    }

    /** Ends a phase; the next one begins. */
    void lap(int phase) {
        long now = System.nanoTime();
        nanos[phase] += now - last;
        last = now;
    }

    PhaseTimes times() {
        return new PhaseTimes(nanos[FEED] * 1e-9, nanos[FORWARD] * 1e-9, nanos[BACKWARD] * 1e-9,
                nanos[EVOLUTION] * 1e-9, nanos[EVALUATION] * 1e-9);
    }
}
