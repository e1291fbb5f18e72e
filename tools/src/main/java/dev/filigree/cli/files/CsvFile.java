package dev.filigree.cli.files;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as comma-separated values (RFC 4180), in UTF-8 with line feeds. Numbers keep all their digits. */
public final class CsvFile {
    private final StringBuilder lines = new StringBuilder();

    /** A table with these headings. */
    public CsvFile(Object... header) {
        add(header);
    }

    /** Adds a row: numbers and texts; a text is quoted where it must be. */
    public CsvFile add(Object... fields) {
        lines.append(Stream.of(fields).map(CsvFile::field).collect(Collectors.joining(","))).append('\n');
        return this;
    }

    private static String field(Object value) {
        String text = value.toString();
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * Writes it, as a whole or not at all.
     *
     * @param file its directory exists
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
