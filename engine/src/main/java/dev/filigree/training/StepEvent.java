package dev.filigree.training;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For a flight recording: one step, feeding included. So many that they are recorded only if asked for. */
@Name("dev.filigree.Step")
@Label("Training Step")
@Category("Filigree")
@StackTrace(false)
@Enabled(false)
final class StepEvent extends Event {
    @Label("Epoch, from 1")
    int epoch;

    @Label("Step of the Epoch, from 1")
    int step;

    @Label("Samples")
    int samples;

    @Label("Mean Loss before the Update")
    double meanLoss;

    /** Begins now. Not to be made without a recorder: it takes part of a second to load the first class of this kind. */
    StepEvent() {
        begin();
    }
}
