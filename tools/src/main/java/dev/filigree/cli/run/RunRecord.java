package dev.filigree.cli.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code run.json}: how a result came about, and what it is.
 *
 * @param format version of this format, 1
 * @param status how far the run has come
 * @param message what went wrong, for a run that did
 * @param failedEpoch the epoch in which it did; null if it did not, or in none
 * @param resumedInEpoch the epoch in which the run was continued, the last time it was; null if it never was
 * @param resumedAfterStep steps of this epoch that were done by then; null if it never was
 * @param started when training began, ISO 8601 in UTC
 * @param finished when the run ended; null while it runs
 * @param results null until the first epoch is done
 */
public record RunRecord(int format, RunStatus status, @Nullable String message, @Nullable Integer failedEpoch,
        @Nullable Integer resumedInEpoch, @Nullable Integer resumedAfterStep, String started, @Nullable String finished,
        RunSettings settings,
        DataFacts data, NetworkFacts network,
        MachineFacts machine, @Nullable RunResults results) {
    /** The version that is written and read. */
    static final int FORMAT = 1;

    /** A run that starts now. */
    public static RunRecord starting(RunSettings settings, DataFacts data, NetworkFacts network) {
        return new RunRecord(FORMAT, RunStatus.RUNNING, null, null, null, null, now(), null, settings, data, network,
                MachineFacts.current(), null);
    }

    /**
     * This run as it goes on, on this machine, without results.
     *
     * @param epoch in progress
     * @param step of it, the last one done
     */
    public RunRecord resuming(int epoch, int step, RunSettings newSettings, DataFacts newData) {
        return new RunRecord(format, RunStatus.RUNNING, null, null, epoch, step, started, null, newSettings, newData,
                network,
                MachineFacts.current(), null);
    }

    /** This run, ended now. */
    public RunRecord ended(RunStatus newStatus, @Nullable String newMessage, @Nullable Integer newFailedEpoch) {
        return new RunRecord(format, newStatus, newMessage, newFailedEpoch, resumedInEpoch, resumedAfterStep, started,
                now(), settings,
                data, network,
                machine, results);
    }

    /** This run with what it has achieved so far. */
    public RunRecord with(RunResults newResults) {
        return new RunRecord(format, status, message, failedEpoch, resumedInEpoch, resumedAfterStep, started, finished,
                settings, data,
                network, machine,
                newResults);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
