package dev.filigree.cli.doctor;

import dev.filigree.datasets.DataSource;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the known data sets are. Nothing is read.
 *
 * @param sets one entry per data set that the catalogue knows
 */
public record DataReport(List<Entry> sets) {
    /**
     * A data set.
     *
     * @param name what users type
     * @param directory the folder with its files; null if it is missing or comes with Filigree
     * @param bundledSample whether the sample that comes with Filigree stands in for it
     * @param searched the folders that were looked into, in order
     * @param problem why it cannot be used and what to do; null if it can
     */
    public record Entry(String name, @Nullable String directory, boolean bundledSample, List<String> searched,
            @Nullable String problem) {
        /** Where it is, in one line for the person. */
        String sentence() {
            if (problem != null) {
                return problem;
            }
            if (directory != null) {
                return name + ": " + directory;
            }
            return searched.isEmpty()
                    ? name + ": comes with Filigree"
                    : "%s: the bundled sample, for it is not in %s".formatted(name, String.join(", ", searched));
        }
    }

    /** Looks into this machine's usual places. */
    public static DataReport current() {
        return of(new DatasetCatalogue());
    }

    static DataReport of(DatasetCatalogue catalogue) {
        List<Entry> sets = new ArrayList<>();
        for (String name : DatasetCatalogue.names()) {
            List<String> searched = List.of();
            try {
                searched = catalogue.searchedFolders(name, null).stream().map(Path::toString).toList();
                DataSource source = catalogue.locate(name, null);
                Path directory = source.directory();
                sets.add(new Entry(name, directory == null ? null : directory.toString(), source.isBundledSample(),
                        searched, null));
            } catch (DatasetException e) {
                sets.add(new Entry(name, null, false, searched, e.getMessage()));
            }
        }
        return new DataReport(List.copyOf(sets));
    }

    /** One line per data set. */
    public List<String> sentences() {
        return sets.stream().map(Entry::sentence).toList();
    }
}
