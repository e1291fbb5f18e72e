package dev.filigree.cli.train;

import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.Snapshot;
import dev.filigree.cli.run.TrainingSettings;
import dev.filigree.datasets.DataSplits;
import dev.filigree.io.FileFormatException;
import dev.filigree.network.Mlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A run that goes on after its last saved network.
 *
 * @param directory of the run
 * @param record as it stands
 * @param epoch whose network is the last one saved; 0 for the one before training
 * @param settings the run's own, but for what the command line changes
 */
public record Resumption(RunDirectory directory, RunRecord record, int epoch, RunSettings settings) {
    /** What may stand beside {@code --resume-into}, for help and errors. */
    static final String CHANGEABLE_TEXT = "--epochs, --threads, --data-dir, --snapshot-every, --json and --quiet";

    private static final List<String> ALLOWED = List.of("--resume-into", "--epochs", "--threads", "--data-dir",
            "--snapshot-every", "--json", "--quiet", "--debug");

    /**
     * Finds out where a run goes on; changes nothing.
     *
     * @param path of the run
     * @param given the options of the command line
     * @throws IOException if there is no run with a saved network
     * @throws IllegalArgumentException if no epoch remains to be done
     */
    public static Resumption of(Path path, ParseResult given, OptionCheck check) throws IOException {
        for (OptionSpec option : given.matchedOptions()) {
            if (!ALLOWED.contains(option.longestName())) {
                throw check
                        .error("%s is not possible with --resume-into, which keeps the settings of the run; expected "
                                .formatted(option.longestName()) + CHANGEABLE_TEXT + " alone");
            }
        }
        check.requirePositive("--epochs", given.matchedOptionValue("--epochs", 1));
        check.requirePositive("--threads", given.matchedOptionValue("--threads", 1));
        int snapshotEvery = given.matchedOptionValue("--snapshot-every", 0);
        check.require(snapshotEvery >= 0, "--snapshot-every", snapshotEvery, "0 or more");
        RunDirectory directory = RunDirectory.open(path);
        RunRecord record = directory.read();
        int epoch = directory.lastSavedEpoch();
        RunSettings settings = changed(record.settings(), given);
        int epochs = settings.training().epochs();
        if (epoch >= epochs) {
            throw new IllegalArgumentException(
                    "%s: nothing is left to do: epoch %d is done and %d %s planned; a larger "
                            .formatted(path, epoch, epochs, epochs == 1 ? "is" : "are") + "--epochs continues the run");
        }
        // Damaged settings must be found before anything is written.
        settings.trainingConfig();
        return new Resumption(directory, record, epoch, settings);
    }

    private static RunSettings changed(RunSettings own, ParseResult given) {
        TrainingSettings training = own.training();
        return new RunSettings(data(own.data(), given.matchedOptionValue("--data-dir", null)), own.network(),
                training.withEpochs(given.matchedOptionValue("--epochs", training.epochs())), own.evolution(),
                own.compute(), own.seed(), given.matchedOptionValue("--threads", own.threads()),
                given.matchedOptionValue("--snapshot-every", own.snapshotEvery()), own.start());
    }

    private static DataSettings data(DataSettings own, @Nullable Path given) {
        String directory = given == null ? own.directory() : given.toAbsolutePath().normalize().toString();
        if (given == null && directory != null && !Files.isDirectory(Path.of(directory))) {
            // The data of the run has moved: the usual places may have it, and its checksum is compared.
            directory = null;
        }
        return own.in(directory);
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

    /** Reads the last saved network, owned by the caller. */
    Mlp readNetwork() throws IOException {
        return Snapshot.read(directory.network(epoch), settings.network().layers(record.network().inputs(),
                record.network().outputs()),
                settings.compute().compute());
    }
}
