package dev.filigree.cli.train;

import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.RunStatus;
import dev.filigree.cli.run.SettingsText;
import dev.filigree.datasets.DataSplits;
import dev.filigree.io.FileFormatException;
import dev.filigree.network.Mlp;
import dev.filigree.training.EpochState;
import dev.filigree.training.checkpoint.Checkpoint;
import dev.filigree.training.checkpoint.CheckpointDirectory.Damaged;
import dev.filigree.training.checkpoint.CheckpointDirectory.Newest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run that goes on from its newest whole checkpoint.
 *
 * @param directory of the run
 * @param record as it stands
 * @param newest the checkpoint; none of a run that was stopped before it had one, which begins again
 * @param settings the run's own, but for what the command line changes
 */
public record Resumption(RunDirectory directory, RunRecord record, Newest newest, RunSettings settings)
        implements
            AutoCloseable {
    /** What may stand beside {@code --resume}, for help and errors. */
    static final String CHANGEABLE_TEXT = "--epochs, --threads, --data-dir, --snapshot-every, --checkpoint-every, "
            + "--checkpoint-minutes, --checkpoint-share, --keep-checkpoints, --json and --quiet";

    static final List<String> ALLOWED = List.of("--resume", "--epochs", "--threads", "--data-dir", "--snapshot-every",
            "--checkpoint-every", "--checkpoint-minutes", "--checkpoint-share", "--keep-checkpoints", "--json",
            "--quiet", "--debug");

    /**
     * Finds out where a run goes on; changes nothing.
     *
     * @param path of the run
     * @param changes what the command line changes in settings
     * @throws IOException if there is no run, or nothing in it that could go on
     * @throws IllegalArgumentException if nothing is left to be done
     */
    static Resumption of(Path path, Changes changes) throws IOException {
        RunDirectory directory = RunDirectory.open(path);
        RunRecord record = directory.read();
        RunSettings settings = changes.of(record.settings());
        // Damaged settings must be found before anything is written.
        settings.trainingConfig();
        Newest newest = directory.checkpoints().newest();
        boolean usable = false;
        try {
            Checkpoint checkpoint = newest.checkpoint();
            if (checkpoint == null) {
                requireReasonToBegin(directory, record, newest.damaged());
            } else {
                requireSameRun(checkpoint, String.valueOf(newest.file()), record);
                requireWorkLeft(path, record, checkpoint.epoch(), settings.training().epochs());
            }
            usable = true;
            return new Resumption(directory, record, newest, settings);
        } finally {
            if (!usable) {
                newest.close();
            }
        }
    }

    /**
     * A run that was stopped, with these settings, which are its own but for what may change; changes nothing.
     *
     * @return null if there is no such run, or it has no whole checkpoint: then it is to begin anew
     */
    public static @Nullable Resumption ofStopped(Path path, RunSettings settings) throws IOException {
        if (!RunDirectory.isRun(path)) {
            return null;
        }
        RunDirectory directory = RunDirectory.open(path);
        RunRecord record = directory.read();
        Newest newest = directory.checkpoints().newest();
        return newest.checkpoint() == null ? null : new Resumption(directory, record, newest, settings);
    }

    /** What the command line changes. */
    interface Changes {
        RunSettings of(RunSettings own);
    }

    /** The data where it was, unless a folder is given: if it is not there any more, the usual places may have it. */
    static DataSettings data(DataSettings own, @Nullable Path given) {
        String directory = given == null ? own.directory() : given.toAbsolutePath().normalize().toString();
        if (given == null && directory != null && !Files.isDirectory(Path.of(directory))) {
            // Its checksum is compared.
            directory = null;
        }
        return own.in(directory);
    }

    /** A run that was stopped before it had a checkpoint begins again. */
    private static void requireReasonToBegin(RunDirectory directory, RunRecord record, List<Damaged> damaged)
            throws IOException {
        if (!damaged.isEmpty()) {
            throw new FileFormatException(directory.path(),
                    "none of its checkpoints is whole (%s); without them it would begin again, and --topology %s "
                            .formatted(damaged.stream().map(Damaged::reason).collect(Collectors.joining("; ")),
                                    directory.path())
                            + "--keep-weights begins a new run with its last saved network");
        }
        if (record.status() == RunStatus.FINISHED) {
            throw new FileFormatException(directory.path(),
                    "is done, and has no checkpoint to go on from; --topology %s --keep-weights begins a new run with its last saved "
                            .formatted(directory.path()) + "network");
        }
    }

    private static void requireSameRun(Checkpoint checkpoint, String file, RunRecord record)
            throws FileFormatException {
        if (!SettingsText.read(checkpoint.settings(), file).trainsLike(record.settings())
                || !checkpoint.dataChecksum().equals(record.data().sha256())) {
            throw new FileFormatException(file,
                    "is of a run with other settings or data than run.json tells; restore the one that belongs to it");
        }
    }

    private static void requireWorkLeft(Path path, RunRecord record, EpochState state, int epochs) {
        boolean done = record.status() == RunStatus.FINISHED && state.epoch() == epochs;
        if (done || state.epoch() > epochs) {
            throw new IllegalArgumentException(
                    "%s: nothing is left to do: the run is in epoch %d%s and %d %s planned; a larger --epochs continues it"
                            .formatted(path, state.epoch(), done ? ", which is done," : "", epochs,
                                    epochs == 1 ? "is" : "are"));
        }
    }

    /**
     * Makes sure that the data is what the run was trained on.
     *
     * @throws FileFormatException if it is not
     */
    void requireSameData(DataSplits data) throws FileFormatException {
        String expected = record.data().sha256();
        if (!data.sha256().equals(expected)) {
            throw new FileFormatException(directory.path(), ("the run was trained on other data (%s, SHA-256 %s…) than "
                    + "there is now (%s, SHA-256 %s…); --data-dir names the folder with the run's").formatted(
                            record.data().name(), abbreviated(expected), data.name(), abbreviated(data.sha256())));
        }
    }

    private static String abbreviated(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    /** The network of a checkpoint, owned by the caller. */
    Mlp network(Checkpoint checkpoint) throws FileFormatException {
        try {
            return checkpoint.network().restore(
                    settings.network().layers(record.network().inputs(), record.network().outputs()),
                    settings.compute().compute());
        } catch (IllegalArgumentException e) {
            throw new FileFormatException(String.valueOf(newest.file()),
                    "is not of the network that run.json tells: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        newest.close();
    }
}
