package dev.filigree.distance.pairs;

import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;

/** Random networks to compare. */
final class RandomNetworks {
    private static final Sparsity SPARSITY = new Sparsity.Density(0.1);

    private RandomNetworks() {}

    /** A network whose layers have these sizes, input side first. */
    static NetworkTopology of(long seed, int... sizes) {
        List<LayerTopology> layers = new ArrayList<>();
        for (int l = 1; l < sizes.length; l++) {
            layers.add(ErdosRenyi.generate(sizes[l - 1], sizes[l], SPARSITY, 100 * seed + l));
        }
        return new NetworkTopology(layers);
    }
}
