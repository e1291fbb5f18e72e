package dev.filigree.distance;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For a flight recording: one comparison of two networks. */
@Name("dev.filigree.Distance")
@Label("Network Distance")
@Category("Filigree")
@StackTrace(false)
final class DistanceEvent extends Event {
    @Label("Layers")
    int layers;

    @Label("Connections of Both")
    long connections;

    @Label("Distance")
    double distance;

    /** Begins now. Not to be made without a recorder: it takes part of a second to load the first class of this kind. */
    DistanceEvent() {
        begin();
    }
}
