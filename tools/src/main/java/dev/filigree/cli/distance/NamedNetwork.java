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
 * @param run the position of the path that the user gave for it; all epochs of a run have the same
 * @param runLabel short name of that path, distinct
 * @param directory where its files are
 * @param epoch of the run it belongs to; null for a single network
 */
public record NamedNetwork(String label, int run, String runLabel, Path directory, @Nullable Integer epoch,
        NetworkTopology topology) {
    /** Neurons from the input to the output side, such as {@code 784-1000-10}. */
    public String shape() {
        return topology.layer(0).inputs() + topology.layers().stream().map(LayerTopology::outputs)
                .map(outputs -> "-" + outputs).collect(Collectors.joining());
    }
}
