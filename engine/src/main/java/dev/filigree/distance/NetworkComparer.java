package dev.filigree.distance;

import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;

/**
 * Compares networks by one method. Remembers of each network what every comparison needs and follows from its wiring
 * alone, so one comparer is for all pairs of the same networks, from any number of threads.
 */
public final class NetworkComparer {
    private final DistanceMethod method;
    private final Map<NetworkTopology, NeuronColors> colors = new ConcurrentHashMap<>();

    /** A comparer that has seen no network yet. */
    public NetworkComparer(DistanceMethod method) {
        this.method = method;
    }

    /**
     * Compares two networks. The neurons of {@code b} are renamed into those of {@code a}.
     *
     * @param pool shares the work; the result does not depend on its size
     * @throws IllegalArgumentException if they cannot be compared
     */
    public NetworkDistance compare(NetworkTopology a, NetworkTopology b, WorkerPool pool) {
        DistanceEvent event = FlightRecorder.isInitialized() ? new DistanceEvent() : null;
        NetworkDistance.checkComparable(a, b);
        NetworkDistance distance = NetworkDistance.between(a, colors(a), b, colors(b), method.outputNeurons(),
                method.tolerance(), pool);
        NetworkDistance result = method.refined()
                ? JointMatching.refine(a, b, method.outputNeurons(), distance, pool)
                : distance;
        if (event != null && event.shouldCommit()) {
            event.layers = a.depth();
            event.connections = a.connections() + b.connections();
            event.distance = result.distance();
            event.commit();
        }
        return result;
    }

    private NeuronColors colors(NetworkTopology network) {
        return colors.computeIfAbsent(network, unknown -> NeuronColors.of(unknown, method.outputNeurons()));
    }
}
