package dev.filigree.topology.metrics;

import dev.filigree.topology.LayerTopology;

/**
 * The connected components of a layer, its two sides taken as one undirected graph.
 *
 * @param count number of components that have connections; neurons without any are not counted
 * @param largest number of neurons, of both sides, in the component that has most; 0 if there is none
 */
public record Components(int count, int largest) {
    /** Finds the components, in time about proportional to neurons and connections (Tarjan, Journal of the ACM 22, 1975). */
    public static Components of(LayerTopology layer) {
        int[] parents = new int[Math.addExact(layer.inputs(), layer.outputs())];
        for (int neuron = 0; neuron < parents.length; neuron++) {
            parents[neuron] = neuron;
        }
        for (int output = 0; output < layer.outputs(); output++) {
            int root = layer.inputs() + output;
            for (long k = layer.rowStart(output); k < layer.rowStart(output + 1); k++) {
                int other = root(parents, layer.source(k));
                root = root(parents, root);
                // The lower one stays root: halved paths alone keep them short.
                parents[Math.max(root, other)] = Math.min(root, other);
            }
        }
        int[] sizes = new int[parents.length];
        int count = 0;
        int largest = 0;
        for (int neuron = 0; neuron < parents.length; neuron++) {
            int size = ++sizes[root(parents, neuron)];
            count += size == 2 ? 1 : 0;
            largest = size > 1 ? Math.max(largest, size) : largest;
        }
        return new Components(count, largest);
    }

    private static int root(int[] parents, int neuron) {
        int at = neuron;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
