package dev.filigree.cli.train;

import dev.filigree.training.TrainingStoppedException;
import java.io.IOException;

/** A run that was stopped by a signal. The message is one line for the person: where, and how it goes on. */
public final class InterruptedRunException extends IOException {
    private final int exitCode;

    InterruptedRunException(String message, int exitCode, TrainingStoppedException cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the program returns: 128 and the number of the signal. */
    public int exitCode() {
        return exitCode;
    }
}
