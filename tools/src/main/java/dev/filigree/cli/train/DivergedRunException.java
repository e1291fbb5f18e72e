package dev.filigree.cli.train;

import dev.filigree.training.TrainingDivergedException;
import java.io.IOException;

/** A run that diverged. The message is one line for the person: where, what to do, and what is left of the run. */
public final class DivergedRunException extends IOException {
    DivergedRunException(String message, TrainingDivergedException cause) {
        super(message, cause);
    }
}
