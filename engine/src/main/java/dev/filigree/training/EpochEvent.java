package dev.filigree.training;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For a flight recording: one epoch, with its evaluation and the rewiring between it and the next. */
@Name("dev.filigree.Epoch")
@Label("Training Epoch")
@Category("Filigree")
@StackTrace(false)
final class EpochEvent extends Event {
    @Label("Epoch, from 1")
    int epoch;

    @Label("Mean Training Loss")
    double loss;

    @Label("Training Accuracy")
    double accuracy;

    @Label("Connections")
    long connections;

    /** Begins now. Not to be made without a recorder: it takes part of a second to load the first class of this kind. */
    EpochEvent() {
        begin();
    }
}
