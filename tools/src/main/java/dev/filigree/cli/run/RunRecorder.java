package dev.filigree.cli.run;

import dev.filigree.network.Mlp;
import dev.filigree.training.EpochReport;
import dev.filigree.training.TrainingDivergedException;
import dev.filigree.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
    private final List<EpochReport> reports = new ArrayList<>();
    private RunRecord record;
    private int lastSaved;
    private boolean ended;

    private RunRecorder(RunDirectory directory, RunRecord record) {
        this.directory = directory;
        this.record = record;
        this.history = new HistoryFile(directory.historyFile(), record.network().layers().size());
    }

    /** Begins to record: writes {@code run.json} and the network before training. */
    public static RunRecorder start(RunDirectory directory, RunRecord record, Mlp mlp) throws IOException {
        directory.write(record);
        directory.writeNetwork(0, mlp);
        return new RunRecorder(directory, record);
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
        reports.add(report);
        record = record.with(RunResults.of(reports, lastNetwork(), PeakMemory.bytes()));
        try {
            history.add(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        end(RunStatus.FAILED, Objects.toString(cause.getMessage(), cause.toString()), null);
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
