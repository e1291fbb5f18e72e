package dev.filigree.cli.run;

import dev.filigree.network.Mlp;
import dev.filigree.training.EpochReport;
import dev.filigree.training.TrainingDivergedException;
import dev.filigree.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run's directory up to date while it trains. Once the run has ended, however it did, nothing is written any
 * more: a run that is interrupted may still be computing.
 */
public final class RunRecorder implements TrainingListener {
    private final RunDirectory directory;
    private final HistoryFile history;
    private RunRecord record;
    private int lastSaved;
    private boolean ended;

    private RunRecorder(RunDirectory directory, RunRecord record, HistoryFile history, int lastSaved) {
        this.directory = directory;
        this.record = record;
        this.history = history;
        this.lastSaved = lastSaved;
    }

    /** Begins to record: writes {@code run.json} and the network before training. */
    public static RunRecorder start(RunDirectory directory, RunRecord record, Mlp mlp) throws IOException {
        directory.write(record);
        directory.writeNetwork(0, mlp);
        return new RunRecorder(directory, record,
                new HistoryFile(directory.historyFile(), record.network().layers().size()), 0);
    }

    /**
     * Goes on recording: {@code history.csv} ends before the epoch in which the run is resumed, and {@code run.json} says
     * so.
     *
     * @param epoch in progress
     */
    public static RunRecorder resume(RunDirectory directory, RunRecord record, int epoch) throws IOException {
        HistoryFile history = HistoryFile.read(directory.historyFile(), record.network().layers().size(), epoch - 1);
        RunRecorder recorder = new RunRecorder(directory, record, history, directory.lastSavedBefore(epoch));
        recorder.resumeRecord();
        return recorder;
    }

    /** The epochs before this one that have no line in {@code history.csv}. */
    public synchronized List<Integer> missingBefore(int epoch) {
        return history.missing(epoch - 1);
    }

    private synchronized void resumeRecord() throws IOException {
        if (!history.reports().isEmpty()) {
            sumUp();
        }
        history.write();
        directory.write(record);
    }

    private void sumUp() {
        record = record.with(RunResults.of(history.reports(), lastNetwork(), PeakMemory.bytes()));
    }

    /** The run as it stands. */
    public synchronized RunRecord record() {
        return record;
    }

    /** Directory of the last saved network, relative to the run. */
    public synchronized String lastNetwork() {
        return "topology/epoch_%03d".formatted(lastSaved);
    }

    @Override
    public synchronized void epochTrained(int epoch, Mlp mlp) {
        if (ended) {
            return;
        }
        int broken = Snapshot.firstNonFiniteLayer(mlp);
        if (broken >= 0) {
            throw TrainingDivergedException.inParameters(epoch, broken);
        }
        if (record.settings().savesEpoch(epoch)) {
            try {
                directory.writeNetwork(epoch, mlp);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lastSaved = epoch;
        }
    }

    @Override
    public synchronized void epochDone(EpochReport report) {
        if (ended) {
            return;
        }
        try {
            history.add(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sumUp();
    }

    /** All epochs are done. */
    public void finished() throws IOException {
        end(RunStatus.FINISHED, null, null);
    }

    /** The training came to an end it was not meant to. */
    public void diverged(TrainingDivergedException exception) throws IOException {
        end(RunStatus.DIVERGED, exception.getMessage(), exception.epoch());
    }

    /** Someone stopped the process. */
    public void interrupted() throws IOException {
        end(RunStatus.INTERRUPTED, null, null);
    }

    /** Something broke. */
    public void failed(Throwable cause) throws IOException {
        Throwable shown = cause instanceof UncheckedIOException && cause.getCause() != null ? cause.getCause() : cause;
        end(RunStatus.FAILED, Objects.toString(shown.getMessage(), shown.toString()), null);
    }

    private synchronized void end(RunStatus status, @Nullable String message, @Nullable Integer epoch)
            throws IOException {
        if (!ended) {
            ended = true;
            record = record.ended(status, message, epoch);
            directory.write(record);
        }
    }
}
