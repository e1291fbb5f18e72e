package dev.filigree.cli.train;

import dev.filigree.cli.run.DataSettings.FileSettings;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.file.FileFormat;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --data} and {@code --data-dir} mean.
 *
 * @param name of the data set
 * @param directory the folder that must hold it, absolute; null to search the usual places
 * @param file its name in the folder; null for a set that is known by name
 */
public record DataChoice(String name, @Nullable String directory, @Nullable String file) {
    /**
     * The data that is meant.
     *
     * @param data name of a known set, or a file, in {@code directory} where that is given
     * @throws picocli.CommandLine.ParameterException if there is no such set, or a file that is elsewhere
     */
    public static DataChoice of(OptionCheck check, String data, @Nullable Path directory) {
        if (DatasetCatalogue.names().contains(data)) {
            return new DataChoice(data, directory == null ? null : absolute(directory).toString(), null);
        }
        check.require(FileFormat.of(Path.of(data)) != null, "--data", "'" + data + "'",
                "one of %s, or a file that ends with %s".formatted(String.join(", ", DatasetCatalogue.names()),
                        FileFormat.ENDINGS));
        if (directory != null && Path.of(data).isAbsolute()) {
            throw check.error(
                    "--data is %s, a whole path, beside --data-dir %s: expected the name of a file in that folder, "
                            .formatted(data, directory) + "or no --data-dir");
        }
        Path file = absolute(directory == null ? Path.of(data) : directory.resolve(data));
        return new DataChoice(FileFormat.baseName(file), Objects.requireNonNull(file.getParent()).toString(),
                Objects.requireNonNull(file.getFileName()).toString());
    }

    /** Its file, read like another one; null for a set that is known by name. */
    public @Nullable FileSettings like(@Nullable FileSettings other) {
        if (file == null) {
            return null;
        }
        return other == null
                ? new FileSettings(file, null, TrainDefaults.TEST_SHARE, null)
                : new FileSettings(file, null, other.testShare(), other.labelColumn());
    }

    /** Another file, in {@code folder} where that is given: its name if it is in the folder of this one, else its path. */
    String beside(Path other, @Nullable Path folder) {
        Path whole = absolute(folder == null ? other : folder.resolve(other));
        return whole.getParent() != null && whole.getParent().toString().equals(directory)
                ? String.valueOf(whole.getFileName())
                : whole.toString();
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
