package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkRange;

import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;

/**
 * What brings the values of a sparse layer's connections into a full matrix, {@code [output][input]}, on which dense
 * products run, and out of it. Checks every call's shapes once, then hands it to the provider; nothing is allocated.
 */
public final class FullKernels {
    private final Kernels kernels;

    FullKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Writes the values of the connections of a range of output neurons into those rows of a full matrix, and 0 between
     * them.
     *
     * @param values one per connection, incoming order
     * @param places of the topology
     * @param full {@code [output][input]}
     */
    public void expand(LayerTopology topology, FloatArray values, ExistingPlaces places, FloatArray full, int fromRow,
            int toRow) {
        check(topology, values, places, full, fromRow, toRow);
        for (int row = fromRow; row < toRow; row++) {
            kernels.expand(values.address() + 4 * topology.rowStart(row), places.rowAddress(row),
                    full.address() + 4L * row * topology.inputs(), topology.inputs());
        }
    }

    /**
     * The reverse of {@link #expand}: reads the values of the connections of a range of output neurons from those rows of a
     * full matrix.
     *
     * @param full {@code [output][input]}
     * @param places of the topology
     * @param values one per connection, incoming order
     */
    public void pick(LayerTopology topology, FloatArray full, ExistingPlaces places, FloatArray values, int fromRow,
            int toRow) {
        check(topology, values, places, full, fromRow, toRow);
        for (int row = fromRow; row < toRow; row++) {
            kernels.pick(full.address() + 4L * row * topology.inputs(), places.rowAddress(row),
                    values.address() + 4 * topology.rowStart(row), topology.inputs());
        }
    }

    /**
     * Sets the values of a range of rows of a full matrix to 0 where there is no connection.
     *
     * @param full {@code [output - fullStart][input]}, at least the range
     * @param fullStart output neuron of the first row of {@code full}
     */
    public void keepExisting(FloatArray full, int fullStart, ExistingPlaces places, int fromRow, int toRow) {
        checkRange(fromRow, toRow, places.outputs());
        checkRange(((long) fromRow - fullStart) * places.inputs(), ((long) toRow - fullStart) * places.inputs(),
                full.length());
        for (int row = fromRow; row < toRow; row++) {
            kernels.keepExisting(full.address() + 4L * (row - fullStart) * places.inputs(), places.rowAddress(row),
                    places.inputs());
        }
    }

    private static void check(LayerTopology topology, FloatArray values, ExistingPlaces places, FloatArray full,
            int fromRow, int toRow) {
        checkLength(values, topology.connections());
        if (places.inputs() != topology.inputs() || places.outputs() != topology.outputs()) {
            throw new IllegalArgumentException("places of %d × %d: expected those of %s".formatted(places.outputs(),
                    places.inputs(), topology));
        }
        checkLength(full, (long) topology.inputs() * topology.outputs());
        checkRange(fromRow, toRow, topology.outputs());
        Operands.requireApart(full, values);
        IndexChecks.places(places, topology, fromRow, toRow);
    }
}
