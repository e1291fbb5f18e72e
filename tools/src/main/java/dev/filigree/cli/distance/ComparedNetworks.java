package dev.filigree.cli.distance;

import dev.filigree.topology.NetworkTopology;
import java.util.List;

/** The networks a user asked to compare, read and named. Owns their memory. */
public final class ComparedNetworks implements AutoCloseable {
    private final List<NamedNetwork> networks;

    ComparedNetworks(List<NamedNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    /** The networks, in the order they were asked for. */
    public List<NamedNetwork> networks() {
        return networks;
    }

    /** The topologies, in the order they were asked for. */
    public List<NetworkTopology> topologies() {
        return networks.stream().map(NamedNetwork::topology).toList();
    }

    /** The short names, in the same order. */
    public List<String> labels() {
        return networks.stream().map(NamedNetwork::label).toList();
    }

    @Override
    public void close() {
        networks.forEach(network -> network.topology().close());
    }
}
