package dev.filigree.datasets;

import java.io.IOException;

/**
 * Data that cannot be found, read or used. The message is one line for the person at the terminal: the file or
 * place, what was found, what was expected and what to do.
 */
public final class DatasetException extends IOException {
    /** An error with nothing beneath it. */
    public DatasetException(String message) {
        super(message);
    }

    /** An error with the failure that caused it. */
    public DatasetException(String message, IOException cause) {
        super(message, cause);
    }
}
