package dev.filigree.datasets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a named data set was found.
 *
 * @param dataset name of the data set, as the user gave it
 * @param directory the folder that holds its files; {@code null} for the bundled sample
 * @param sentence one line for the person: what is used and, for the bundled sample, how to get the full set
 */
public record DataSource(String dataset, @Nullable Path directory, String sentence) {
    /** Whether the data is the small sample that comes with Filigree. */
    public boolean isBundledSample() {
        return directory == null;
    }
}
