package dev.filigree.training.checkpoint;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** For a flight recording: one checkpoint being written, while training goes on. */
@Name("dev.filigree.Checkpoint")
@Label("Checkpoint")
@Category("Filigree")
@StackTrace(false)
final class CheckpointEvent extends Event {
    @Label("Epoch, from 1")
    int epoch;

    @Label("Steps of the Epoch before it")
    int step;

    @Label("Time for which Training Waited")
    @Timespan(Timespan.NANOSECONDS)
    long copying;

    @Label("File, if It Was Written")
    @Nullable
    String file;

    /** Begins now. Not to be made without a recorder: it takes part of a second to load the first class of this kind. */
    CheckpointEvent() {
        begin();
    }
}
