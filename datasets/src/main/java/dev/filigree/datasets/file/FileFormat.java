package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file holds, by the ending of its name; {@code .gz} may follow where the content is text. */
public enum FileFormat {
    /** An archive of {@code numpy.savez} with the arrays {@code X} and {@code y}. */
    NPZ("npz"),
    /** Comma-separated values, one sample per line. */
    CSV("csv"),
    /** The text format of LIBSVM. */
    LIBSVM("libsvm|svm|txt");

    /** The endings, for help and messages. */
    public static final String ENDINGS = ".npz, .csv, .libsvm, .svm or .txt";

    /** A regular expression. */
    private final String ending;

    FileFormat(String ending) {
        this.ending = ending;
    }

    /** The format that a name promises; null if none. */
    public static @Nullable FileFormat of(Path file) {
        String name = withoutGzip(file).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> name.matches(".*\\.(" + format.ending + ")")).findFirst()
                .orElse(null);
    }

    /** The name of a file without its folder and its ending. */
    public static String baseName(Path file) {
        return withoutGzip(file).replaceFirst("(?<=.)\\.[^.]*$", "");
    }

    private static String withoutGzip(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gz$", "");
    }

    /** What is wrong with a path that is not a regular file. */
    static String whyNoFile(Path file) {
        return Files.isDirectory(file)
                ? "is a directory"
                : Files.exists(file) ? "is not a regular file" : "there is no such file";
    }

    /**
     * Reads a file.
     *
     * @param labelColumn of a CSV file; null for the last one
     * @return the samples, owned by the caller
     * @throws IOException if it is not what its name promises
     */
    static FileSamples read(Path file, @Nullable String labelColumn) throws IOException {
        FileFormat format = of(file);
        if (format == null) {
            throw new DatasetException("%s: its name says nothing of its format, expected it to end with %s"
                    .formatted(file, ENDINGS));
        }
        if (labelColumn != null && format != CSV) {
            throw new DatasetException("%s has no label column to choose: expected one with a .csv file alone"
                    .formatted(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new DatasetException("%s: %s, expected a file with data: correct its name".formatted(file,
                    whyNoFile(file)));
        }
        return switch (format) {
            case NPZ -> new NpzSampleReader(file).read();
            case CSV -> new CsvSampleReader(file, labelColumn).read();
            case LIBSVM -> new LibsvmSampleReader(file).read();
        };
    }
}
