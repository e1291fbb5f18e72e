package dev.filigree.training.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** Hears what becomes of checkpoints, on the thread that writes them. */
public interface CheckpointListener {
    /** Hears nothing. */
    CheckpointListener NONE = new CheckpointListener() {
    };

    /** A checkpoint is on the disk. */
    default void saved(Path file) {}

    /** A checkpoint could not be written, because the disk or the memory is full for instance; training goes on, and the next is tried. */
    default void failed(IOException cause) {}
}
