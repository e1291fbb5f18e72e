package dev.filigree.training;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For a flight recording: one update of which connections exist. */
@Name("dev.filigree.Evolution")
@Label("Evolution")
@Category("Filigree")
@StackTrace(false)
final class EvolutionEvent extends Event {
    @Label("Epoch, from 1")
    int epoch;

    @Label("Steps of the Epoch before it")
    int step;

    @Label("Connections Removed")
    long removed;

    @Label("Connections after It")
    long connections;

    /** Begins now. Not to be made without a recorder: it takes part of a second to load the first class of this kind. */
    EvolutionEvent() {
        begin();
    }
}
