package dev.filigree.cli.distance;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.PairLedger;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ceilings of pairs of networks, one for all pairs that are alike: same shapes, and in every layer nearly the same
 * number of connections.
 */
final class CeilingGroups {
    private static final long SEED = 0;

    /** Numbers of connections this close count as equal: a layer's ceiling moves by less than a hundredth with them. */
    private static final double ALIKE = 0.05;

    private final List<NetworkTopology> networks;
    /** The first network that is like each one. */
    private final int[] likeness;
    private final Map<Set<Integer>, DistanceCeiling> ceilings = new HashMap<>();

    CeilingGroups(List<NetworkTopology> networks) {
        this.networks = networks;
        likeness = new int[networks.size()];
        for (int i = 0; i < likeness.length; i++) {
            while (!alike(networks.get(likeness[i]), networks.get(i))) {
                likeness[i]++;
            }
        }
    }

    /** Number of random pairs that the ceilings of these pairs take. */
    int work(List<Against.Positions> pairs) {
        Set<Set<Integer>> groups = new HashSet<>();
        int work = 0;
        for (Against.Positions pair : pairs) {
            if (groups.add(group(pair.a(), pair.b()))) {
                work += DistanceCeiling.samplesFor(networks.get(likeness[pair.a()]));
            }
        }
        return work;
    }

    DistanceCeiling ceiling(int a, int b, DistanceMethod method, PairLedger ledger, WorkerPool pool) {
        NetworkTopology first = networks.get(likeness[a]);
        NetworkTopology second = networks.get(likeness[b]);
        return ceilings.computeIfAbsent(group(a, b), group -> DistanceCeiling.of(first, second, method,
                DistanceCeiling.samplesFor(first), SEED, ledger, pool));
    }

    /** The order does not count: both are random. */
    private Set<Integer> group(int a, int b) {
        Set<Integer> group = new HashSet<>();
        group.add(likeness[a]);
        group.add(likeness[b]);
        return group;
    }

    private static boolean alike(NetworkTopology a, NetworkTopology b) {
        for (int l = 0; l < a.depth(); l++) {
            LayerTopology layerA = a.layer(l);
            LayerTopology layerB = b.layer(l);
            double difference = Math.abs(layerA.connections() - layerB.connections());
            if (layerA.inputs() != layerB.inputs() || layerA.outputs() != layerB.outputs()
                    || difference > ALIKE * layerA.connections()) {
                return false;
            }
        }
        return true;
    }
}
