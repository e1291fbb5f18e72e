package dev.filigree.distance;

import dev.filigree.topology.LayerTopology;
import java.util.HashSet;
import java.util.Set;

/** Distances from their definition: set operations, and every matching tried. */
final class ReferenceDistance {
    private ReferenceDistance() {}

    static double ofNeurons(LayerTopology a, int i, LayerTopology b, int j) {
        Set<Integer> union = new HashSet<>(inputs(a, i));
        union.addAll(inputs(b, j));
        Set<Integer> common = new HashSet<>(inputs(a, i));
        common.retainAll(inputs(b, j));
        return union.isEmpty() ? 0 : (union.size() - common.size()) / (double) union.size();
    }

    static double ofLayers(LayerTopology a, LayerTopology b) {
        return leastTotal(a, b, 0, new boolean[b.outputs()]) / a.outputs();
    }

    private static double leastTotal(LayerTopology a, LayerTopology b, int i, boolean[] used) {
        if (i == a.outputs()) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < b.outputs(); j++) {
            if (!used[j]) {
                used[j] = true;
                least = Math.min(least, ofNeurons(a, i, b, j) + leastTotal(a, b, i + 1, used));
                used[j] = false;
            }
        }
        return least;
    }

    private static Set<Integer> inputs(LayerTopology layer, int output) {
        Set<Integer> inputs = new HashSet<>();
        for (int source : TestTopologies.incoming(layer, output)) {
            inputs.add(source);
        }
        return inputs;
    }
}
