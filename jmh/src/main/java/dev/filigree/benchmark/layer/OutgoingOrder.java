package dev.filigree.benchmark.layer;

import dev.filigree.topology.LayerTopology;

/** The connections of a topology grouped by input neuron, in plain arrays. */
final class OutgoingOrder {
    /** Position of each input neuron's first connection, and the end. */
    final int[] columnStarts;

    /** Output neuron of each connection, ascending within an input neuron. */
    final int[] targets;

    /** Where each connection of the incoming order stands in this one. */
    final int[] positions;

    private OutgoingOrder(int[] columnStarts, int[] targets, int[] positions) {
        this.columnStarts = columnStarts;
        this.targets = targets;
        this.positions = positions;
    }

    static OutgoingOrder of(LayerTopology topology) {
        int connections = Math.toIntExact(topology.connections());
        int[] starts = new int[topology.inputs() + 1];
        for (int k = 0; k < connections; k++) {
            starts[topology.source(k) + 1]++;
        }
        for (int i = 0; i < topology.inputs(); i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = starts.clone();
        int[] targets = new int[connections];
        int[] positions = new int[connections];
        for (int j = 0; j < topology.outputs(); j++) {
            for (int k = (int) topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                positions[k] = next[topology.source(k)]++;
                targets[positions[k]] = j;
            }
        }
        return new OutgoingOrder(starts, targets, positions);
    }
}
