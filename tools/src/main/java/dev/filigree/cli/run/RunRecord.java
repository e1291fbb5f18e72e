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
 * @param resumedFromEpoch the epoch whose network the run was continued from, the last time it was, with moments of 0;
 *        null if it never was
 * @param started when training began, ISO 8601 in UTC
 * @param finished when the run ended; null while it runs
 * @param results null until the first epoch is done
 */
public record RunRecord(int format, RunStatus status, @Nullable String message, @Nullable Integer failedEpoch,
        @Nullable Integer resumedFromEpoch, String started, @Nullable String finished, RunSettings settings,
        DataFacts data, NetworkFacts network,
        MachineFacts machine, @Nullable RunResults results) {
    private static final int FORMAT = 1;

    /** A run that starts now. */
    public static RunRecord starting(RunSettings settings, DataFacts data, NetworkFacts network) {
        return new RunRecord(FORMAT, RunStatus.RUNNING, null, null, null, now(), null, settings, data, network,
                MachineFacts.current(), null);
    }

    /**
     * This run as it goes on, on this machine, without results.
     *
     * @param epoch the last one done
     */
    public RunRecord resuming(int epoch, RunSettings newSettings, DataFacts newData) {
        return new RunRecord(format, RunStatus.RUNNING, null, null, epoch, started, null, newSettings, newData, network,
                MachineFacts.current(), null);
    }

    /** This run, ended now. */
    public RunRecord ended(RunStatus newStatus, @Nullable String newMessage, @Nullable Integer newFailedEpoch) {
        return new RunRecord(format, newStatus, newMessage, newFailedEpoch, resumedFromEpoch, started, now(), settings,
                data, network,
                machine, results);
    }

    /** This run with what it has achieved so far. */
    public RunRecord with(RunResults newResults) {
        return new RunRecord(format, status, message, failedEpoch, resumedFromEpoch, started, finished, settings, data,
                network, machine,
                newResults);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
