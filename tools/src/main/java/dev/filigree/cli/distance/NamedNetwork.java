package dev.filigree.cli.distance;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network that is compared.
 *
 * @param label short and distinct
 * @param directory where its files are
 * @param epoch of the run it belongs to; null for a single network
 */
record NamedNetwork(String label, Path directory, @Nullable Integer epoch, NetworkTopology topology) {
    /** Neurons from the input to the output side, such as {@code 784-1000-10}. */
    String shape() {
        return topology.layer(0).inputs() + topology.layers().stream().map(LayerTopology::outputs)
                .map(outputs -> "-" + outputs).collect(Collectors.joining());
    }
}
