package dev.filigree.io;

import java.io.IOException;

/**
 * A file or directory is missing or does not hold what it should. The message is one line for the person: which
 * file, what was found, what was expected, and what to do where that is not obvious.
 */
public final class FileFormatException extends IOException {
    private static final int LEGIBLE = 40;

    /**
     * A problem found while reading.
     *
     * @param where the path, or a path and the part of it that is wrong
     * @param problem what was found and what was expected, without the path
     */
    public FileFormatException(Object where, String problem) {
        super(where + ": " + problem);
    }

    /**
     * A problem that another exception reports.
     *
     * @param where the path, or a path and the part of it that is wrong
     * @param problem what was found and what was expected, without the path
     * @param cause the exception behind it
     */
    public FileFormatException(Object where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }

    /**
     * A text of a file for use in a message: not longer than 40 characters, and nothing in it that would break the line
     * or steer the terminal.
     */
    public static String printable(String text) {
        return printable(text, LEGIBLE);
    }

    /** As {@link #printable(String)}, of up to {@code most} characters. */
    public static String printable(String text, int most) {
        String start = text.length() <= most ? text : text.substring(0, most) + "…";
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
