package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Reads samples in the text format of LIBSVM (Chang and Lin, "LIBSVM: a library for support vector machines", 2011): one
 * per line, an integer label and {@code index:value} for what is not 0, separated by blanks. Indices begin at 1 and
 * ascend; what follows {@code #} is a comment.
 */
final class LibsvmSampleReader {
    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final int FIRST_ENTRIES = 16;

    private final Path file;
    private final Map<String, String> known = new HashMap<>();
    private final List<String> labels = new ArrayList<>();
    private final List<Entries> samples = new ArrayList<>();
    private int features;

    /** What is not 0 in a sample. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entries(int[] features, float[] values) {}

    LibsvmSampleReader(Path file) {
        this.file = file;
    }

    FileSamples read() throws IOException {
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                int comment = line.indexOf('#');
                String content = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!content.isEmpty()) {
                    addSample(lines, new StringTokenizer(content, BLANKS));
                }
            }
        }
        if (features == 0) {
            throw new DatasetException(file + ": has no value, expected lines such as '1 3:0.5 7:1'");
        }
        return new FileSamples(new SparseRows(List.copyOf(samples), features), labels);
    }

    private void addSample(TextLines lines, StringTokenizer words) throws DatasetException {
        String first = words.hasMoreTokens() ? words.nextToken() : "";
        String label = ClassLabels.integer(first);
        if (label == null) {
            throw lines.error("the label is '%s', expected an integer".formatted(TextLines.abbreviate(first)));
        }
        int[] indices = new int[FIRST_ENTRIES];
        float[] values = new float[FIRST_ENTRIES];
        int count = 0;
        int last = 0;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            int colon = word.indexOf(':');
            if (colon < 0) {
                throw lines.error("found '%s', expected index:value".formatted(TextLines.abbreviate(word)));
            }
            int index = index(lines, word.substring(0, colon));
            if (index <= last) {
                throw lines.error("index %d follows %d, expected ascending indices, each once".formatted(index, last));
            }
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            indices[count] = index - 1;
            values[count++] = lines.number(word.substring(colon + 1), "value of index " + index);
            last = index;
        }
        features = Math.max(features, last);
        labels.add(known.computeIfAbsent(label, name -> name));
        samples.add(new Entries(Arrays.copyOf(indices, count), Arrays.copyOf(values, count)));
    }

    private static int index(TextLines lines, String text) throws DatasetException {
        int index = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (index < 1 || index > FileSamples.MOST_FEATURES) {
            throw lines.error("an index is '%s', expected 1 to %d".formatted(TextLines.abbreviate(text),
                    FileSamples.MOST_FEATURES));
        }
        return index;
    }

    private record SparseRows(List<Entries> samples, int features) implements FileSamples.Rows {
        /** The last features of one file may be 0 in all samples of another. */
        @Override
        public boolean fits(int wanted) {
            return wanted >= features;
        }

        @Override
        public void read(int sample, float[] row) {
            Arrays.fill(row, 0);
            Entries entries = samples.get(sample);
            for (int k = 0; k < entries.features().length; k++) {
                row[entries.features()[k]] = entries.values()[k];
            }
        }
    }
}
