package dev.filigree.topology.metrics;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.TopologyMetrics;
import dev.filigree.topology.metrics.degree.DegreeMetrics;
import dev.filigree.topology.metrics.spectrum.Spectrum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a network's topology while it changes, and measures it at any time. Keeps copies of the first and the last two
 * topologies and all connections there have been: close it when done.
 */
public final class TopologyHistory implements AutoCloseable {
    private final List<ExploredConnections> explored = new ArrayList<>();
    private @Nullable NetworkTopology first;
    private @Nullable NetworkTopology previous;
    private @Nullable NetworkTopology current;

    /** A history without a topology. */
    public TopologyHistory() {}

    /**
     * Adds the next topology, which is copied.
     *
     * @throws IllegalArgumentException if its layers have other shapes than those of the one before
     */
    public void add(NetworkTopology next) {
        if (first == null) {
            first = copy(next);
            next.layers().forEach(layer -> explored.add(new ExploredConnections(layer)));
        } else {
            requireSameDepth(next);
            for (int l = 0; l < next.depth(); l++) {
                explored.get(l).add(next.layer(l));
            }
        }
        if (previous != null) {
            previous.close();
        }
        previous = current;
        current = copy(next);
    }

    private void requireSameDepth(NetworkTopology next) {
        if (next.depth() != explored.size()) {
            throw new IllegalArgumentException(
                    "a network of %d layers follows one of %d".formatted(next.depth(), explored.size()));
        }
    }

    private static NetworkTopology copy(NetworkTopology network) {
        return new NetworkTopology(network.layers().stream().map(LayerTopology::copy).toList());
    }

    /**
     * Measures the topology added last.
     *
     * @param repetitions of the bootstrap that gives the p-value of power laws, 1 or more
     * @param seed of the bootstrap
     * @return one for each layer, from the input side
     * @throws IllegalStateException if none was added
     */
    public List<LayerMeasures> measure(int repetitions, long seed) {
        NetworkTopology network = current;
        NetworkTopology start = first;
        NetworkTopology before = previous;
        if (network == null || start == null) {
            throw new IllegalStateException("there is no topology to measure; add one first");
        }
        List<Integer> dead = TopologyMetrics.of(network).deadNeurons();
        Paths paths = Paths.of(network);
        List<LayerMeasures> layers = new ArrayList<>();
        for (int l = 0; l < network.depth(); l++) {
            LayerTopology layer = network.layer(l);
            layers.add(new LayerMeasures(layer.inputs(), layer.outputs(), layer.connections(), layer.density(),
                    DegreeMetrics.incoming(layer, repetitions, seed), DegreeMetrics.outgoing(layer, repetitions, seed),
                    l < dead.size() ? dead.get(l) : null, paths.active().get(l), explored.get(l).rate(),
                    before == null ? null : Overlap.jaccard(before.layer(l), layer),
                    Overlap.jaccard(start.layer(l), layer), Spectrum.of(layer), Components.of(layer),
                    paths.counts().get(l)));
        }
        return layers;
    }

    @Override
    public void close() {
        explored.forEach(ExploredConnections::close);
        for (NetworkTopology kept : new NetworkTopology[]{first, previous, current}) {
            if (kept != null) {
                kept.close();
            }
        }
    }
}
