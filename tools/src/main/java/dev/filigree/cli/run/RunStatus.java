package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far a run has come. */
public enum RunStatus {
    /** Training, or ended without a chance to say so. */
    RUNNING,
    /** All epochs are done. */
    FINISHED,
    /** The loss or a parameter stopped being finite. */
    DIVERGED,
    /** Stopped from outside, by Ctrl-C for instance. */
    INTERRUPTED,
    /** Stopped by an error, such as a full disk. */
    FAILED;

    @JsonValue
    @Override
    public String toString() {
        return KebabCase.of(this);
    }
}
