package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a list of features: a text with one number from 0 per line. */
public final class FeatureFile {
    private FeatureFile() {}

    /**
     * Reads the numbers in the order of the file.
     *
     * @throws IOException if there is no such file, or it holds anything but such numbers, each once
     */
    public static List<Integer> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException("%s: %s, expected a file with a feature's number per line".formatted(file,
                    FileFormat.whyNoFile(file)));
        }
        Set<Integer> features = new LinkedHashSet<>();
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.matches("[0-9]{1,9}")) {
                    throw lines.error("found '%s', expected the number of a feature, 0 or more"
                            .formatted(TextLines.abbreviate(line)));
                }
                if (!features.add(Integer.parseInt(line))) {
                    throw lines.error("feature %s is there twice, expected each once".formatted(line));
                }
            }
        }
        if (features.isEmpty()) {
            throw new DatasetException(file + ": is empty, expected a feature's number per line");
        }
        return new ArrayList<>(features);
    }
}
