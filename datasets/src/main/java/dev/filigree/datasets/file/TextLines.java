package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import dev.filigree.io.FileFormatException;
import dev.filigree.io.GunzipStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 text that are not blank. Gzip is recognized by the first bytes of the file, not by its name.
 */
final class TextLines implements AutoCloseable {
    /** Enough for the most features, and no reason to fill the memory. */
    private static final int LONGEST_LINE = 1 << 28;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Path file;
    private final BufferedReader in;
    private final StringBuilder line = new StringBuilder();
    private long number;

    /** Opens a file that exists. */
    TextLines(Path file) throws IOException {
        this.file = file;
        InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        boolean opened = false;
        try {
            // A decoder that is given reports what is not UTF-8, instead of replacing it.
            in = new BufferedReader(new InputStreamReader(GunzipStream.of(stored, Files.size(file)),
                    StandardCharsets.UTF_8.newDecoder()));
            opened = true;
        } catch (IOException e) {
            throw readable(e);
        } finally {
            if (!opened) {
                stored.close();
            }
        }
    }

    /** The next line that is not blank, without blanks around it; null at the end. */
    @Nullable
    String next() throws IOException {
        try {
            while (readLine()) {
                number++;
                String text = line.toString().strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return null;
        } catch (IOException e) {
            throw readable(e);
        }
    }

    private boolean readLine() throws IOException {
        line.setLength(0);
        int character = in.read();
        if (character == BYTE_ORDER_MARK && number == 0) {
            character = in.read();
        }
        if (character < 0) {
            return false;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw new DatasetException("%s, line %d: goes on after %,d characters, expected its end"
                        .formatted(file, number + 1, LONGEST_LINE));
            }
            line.append((char) character);
            character = in.read();
        }
        return true;
    }

    /** An error in the line that was read last. */
    DatasetException error(String problem) {
        return new DatasetException("%s, line %d: %s".formatted(file, number, problem));
    }

    /** A number written in decimal, rounded to the nearest float. */
    float number(String text, String what) throws DatasetException {
        if (!isNumber(text)) {
            throw error("%s is '%s', expected a number: repair it or leave out the line".formatted(what,
                    abbreviate(text)));
        }
        float value = Float.parseFloat(text);
        if (!Float.isFinite(value)) {
            throw error(
                    "%s is %s, expected a number in the range of float: scale it".formatted(what, abbreviate(text)));
        }
        return value;
    }

    /** Whether a text is a decimal number. Java reads more, such as NaN and hexadecimal floats. */
    static boolean isNumber(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
            return false;
        }
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whatever the file holds, a message stays legible. */
    static String abbreviate(String text) {
        return FileFormatException.printable(text);
    }

    private IOException readable(IOException e) {
        return switch (e) {
            case EOFException eof ->
                new DatasetException(file + ": the gzip data ends too early: the file is cut off, get it again", eof);
            case ZipException zip -> new DatasetException("%s: the gzip data is wrong (%s): get the file again"
                    .formatted(file, zip.getMessage()), zip);
            case CharacterCodingException coding -> new DatasetException(
                    "%s: line %d is not text in UTF-8, the encoding that is expected: convert the file".formatted(file,
                            foreignLine()),
                    coding);
            default -> e;
        };
    }

    /** The first line that is not UTF-8: the decoder has read ahead of the line that was asked for. */
    private long foreignLine() {
        long current = 1;
        try (InputStream bytes = GunzipStream.of(new BufferedInputStream(Files.newInputStream(file)),
                Files.size(file));
                BufferedReader each = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1))) {
            for (String text = each.readLine(); text != null; text = each.readLine()) {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
                current++;
            }
        } catch (IOException e) {
            return current;
        }
        return current;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
