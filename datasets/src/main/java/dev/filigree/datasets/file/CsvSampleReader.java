package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples from comma-separated values, one per line: numbers, and a label in one of the columns. Semicolons or tabs
 * may stand instead of the commas, fields may be quoted (RFC 4180, but without line breaks inside), and the first line is
 * a header if no column but that of the label holds a number there.
 */
final class CsvSampleReader {
    private static final char QUOTE = '"';

    private final Path file;
    private final @Nullable String labelColumn;

    /**
     * A reader.
     *
     * @param labelColumn name in the header, or number from 0; null for the last column
     */
    CsvSampleReader(Path file, @Nullable String labelColumn) {
        this.file = file;
        this.labelColumn = labelColumn;
    }

    FileSamples read() throws IOException {
        try (TextLines lines = new TextLines(file)) {
            String line = lines.next();
            if (line == null) {
                throw new DatasetException(file + ": is empty, expected one sample per line");
            }
            char separator = separator(line);
            List<String> first = fields(lines, line, separator, FileSamples.MOST_FEATURES);
            if (first.size() < 2 || first.size() > FileSamples.MOST_FEATURES) {
                throw lines.error("found %d columns, expected 2 to %,d, separated by commas, semicolons or tabs"
                        .formatted(first.size(), FileSamples.MOST_FEATURES));
            }
            int label = labelColumn(lines, first);
            if (isHeader(first, label)) {
                line = lines.next();
            }
            List<float[]> rows = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            Map<String, String> known = new HashMap<>();
            for (; line != null; line = lines.next()) {
                List<String> fields = fields(lines, line, separator, first.size());
                if (fields.size() != first.size()) {
                    throw lines.error("found %d columns, expected %d as in the first line".formatted(fields.size(),
                            first.size()));
                }
                rows.add(numbers(lines, fields, label));
                labels.add(known.computeIfAbsent(fields.get(label), name -> name));
            }
            if (rows.isEmpty()) {
                throw new DatasetException(file + ": has a header but no sample, expected one per line");
            }
            return new FileSamples(new HeapRows(rows), labels);
        }
    }

    private static char separator(String line) {
        return Stream.of(',', ';', '\t').filter(each -> line.indexOf(each) >= 0).findFirst().orElse(',');
    }

    private int labelColumn(TextLines lines, List<String> first) throws DatasetException {
        if (labelColumn == null) {
            return first.size() - 1;
        }
        int named = first.indexOf(labelColumn);
        if (named >= 0 && named == first.lastIndexOf(labelColumn) && isHeader(first, named)) {
            return named;
        }
        if (labelColumn.matches("[0-9]{1,8}") && Integer.parseInt(labelColumn) < first.size()) {
            return Integer.parseInt(labelColumn);
        }
        throw lines.error("there is no one column '%s': expected a name of the header, or a number from 0 to %d"
                .formatted(labelColumn, first.size() - 1));
    }

    private static boolean isHeader(List<String> first, int label) {
        for (int column = 0; column < first.size(); column++) {
            if (column != label && (first.get(column).isEmpty() || TextLines.isNumber(first.get(column)))) {
                return false;
            }
        }
        return true;
    }

    private static float[] numbers(TextLines lines, List<String> fields, int label) throws DatasetException {
        float[] row = new float[fields.size() - 1];
        for (int column = 0, f = 0; column < fields.size(); column++) {
            if (column != label) {
                row[f++] = lines.number(fields.get(column), "column " + column);
            }
        }
        return row;
    }

    private static List<String> fields(TextLines lines, String line, char separator, int most)
            throws DatasetException {
        List<String> fields = new ArrayList<>();
        int position = 0;
        // One more is enough to see that there are too many.
        while (position <= line.length() && fields.size() <= most) {
            int start = position;
            while (start < line.length() && line.charAt(start) == ' ') {
                start++;
            }
            int end;
            if (start < line.length() && line.charAt(start) == QUOTE) {
                end = closingQuote(lines, line, start);
                fields.add(line.substring(start + 1, end).replace("\"\"", "\""));
                do {
                    end++;
                } while (end < line.length() && line.charAt(end) == ' ');
                if (end < line.length() && line.charAt(end) != separator) {
                    throw lines.error("a quoted field goes on after its closing quote, expected %s"
                            .formatted(separator == '\t' ? "a tab" : "'" + separator + "'"));
                }
            } else {
                int next = line.indexOf(separator, start);
                end = next < 0 ? line.length() : next;
                fields.add(line.substring(start, end).strip());
            }
            position = end + 1;
        }
        return fields;
    }

    private static int closingQuote(TextLines lines, String line, int opening) throws DatasetException {
        int position = line.indexOf(QUOTE, opening + 1);
        while (position >= 0 && position + 1 < line.length() && line.charAt(position + 1) == QUOTE) {
            position = line.indexOf(QUOTE, position + 2);
        }
        if (position < 0) {
            throw lines.error("a quoted field does not end, expected '\"' in the same line");
        }
        return position;
    }

    private record HeapRows(List<float[]> values) implements FileSamples.Rows {
        @Override
        public int features() {
            return values.getFirst().length;
        }

        @Override
        public void read(int sample, float[] row) {
            System.arraycopy(values.get(sample), 0, row, 0, features());
        }
    }
}
