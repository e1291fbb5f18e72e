package dev.filigree.kernel;

import dev.filigree.memory.FullChecks;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Looks at every index that a kernel is going to follow, if {@link FullChecks} are on; otherwise nothing is done. */
final class IndexChecks {
    private IndexChecks() {}

    /** The connections of some output neurons. */
    static void incoming(LayerTopology topology, int fromRow, int toRow) {
        if (FullChecks.ENABLED) {
            grouped(topology.rowStarts(), topology.sources(), topology.inputs(), topology.largestFanIn(), fromRow,
                    toRow);
        }
    }

    /** The connections of some input neurons. */
    static void outgoing(OutgoingIndex outgoing, int fromColumn, int toColumn) {
        if (FullChecks.ENABLED) {
            grouped(outgoing.columnStarts(), outgoing.targets(), outgoing.outputs(), outgoing.largestFanOut(),
                    fromColumn, toColumn);
        }
    }

    private static void grouped(LongArray starts, IntArray far, int farNeurons, int most, int from, int to) {
        for (int near = from; near < to; near++) {
            long start = starts.get(near);
            long end = starts.get(near + 1L);
            if (start < 0 || end < start || end > far.length() || end - start > most) {
                throw new IllegalStateException("the connections of neuron %d are %d to %d of %d, expected at most %d"
                        .formatted(near, start, end, far.length(), most));
            }
            int previous = -1;
            for (long k = start; k < end; k++) {
                int index = far.get(k);
                if (index <= previous || index >= farNeurons) {
                    throw new IllegalStateException(
                            "connection %d of neuron %d leads to neuron %d after %d, expected ascending ones of %d"
                                    .formatted(k, near, index, previous, farNeurons));
                }
                previous = index;
            }
        }
    }

    /** Where values go that are brought into another order. */
    static void positions(IntArray neighbours, IntArray next, long places, long from, long to) {
        if (FullChecks.ENABLED) {
            long[] at = new long[Math.toIntExact(next.length())];
            for (int far = 0; far < at.length; far++) {
                at[far] = next.get(far);
            }
            for (long k = from; k < to; k++) {
                index("the neighbour of connection " + k, neighbours.get(k), next.length());
                index("the place of connection " + k, at[neighbours.get(k)]++, places);
            }
        }
    }

    /** As the other one, of a part of each input neuron's connections. */
    static void positions(OutgoingIndex outgoing, @Nullable IntArray from, @Nullable IntArray to, IntArray next) {
        if (FullChecks.ENABLED) {
            outgoing(outgoing, 0, outgoing.inputs());
            for (int i = 0; i < outgoing.inputs(); i++) {
                long first = from == null ? outgoing.columnStart(i) : from.get(i);
                long end = to == null ? outgoing.columnStart(i + 1) : to.get(i);
                if (first < outgoing.columnStart(i) || end < first || end > outgoing.columnStart(i + 1)) {
                    throw new IllegalStateException("connections %d to %d of input neuron %d, which has %d to %d"
                            .formatted(first, end, i, outgoing.columnStart(i), outgoing.columnStart(i + 1)));
                }
                positions(outgoing.targets(), next, outgoing.connections(), first, end);
            }
        }
    }

    /** The connections of some output neurons, in blocks. */
    static void blocks(BlockedRows rows, int fromRow, int toRow) {
        if (FullChecks.ENABLED) {
            for (int block = 0; block < rows.blocks(); block++) {
                for (int row = fromRow; row < toRow; row++) {
                    long cell = (long) block * rows.outputs() + row;
                    int end = rows.starts().get(cell + 1);
                    for (int chunk = rows.starts().get(cell); chunk < end; chunk++) {
                        for (int i = 0; i < BlockedRows.CHUNK; i++) {
                            int place = (rows.places().get(chunk) >>> (Byte.SIZE * i)) & 0xFF;
                            index("the input neuron of chunk " + chunk, (long) block * BlockedRows.WIDTH + place,
                                    rows.inputs());
                        }
                    }
                }
            }
        }
    }

    /** Where weights go that are brought into blocks: no more into a cell than it has room for. */
    static void cells(BlockedRows rows, OutgoingIndex outgoing, @Nullable IntArray from, @Nullable IntArray to,
            int fromRow, int toRow) {
        if (FullChecks.ENABLED) {
            outgoing(outgoing, 0, outgoing.inputs());
            int[] filled = new int[rows.outputs()];
            for (int i = 0; i < outgoing.inputs(); i++) {
                int block = i / BlockedRows.WIDTH;
                if (i % BlockedRows.WIDTH == 0) {
                    Arrays.fill(filled, 0);
                }
                long end = to == null ? outgoing.columnStart(i + 1) : to.get(i);
                for (long k = from == null ? outgoing.columnStart(i) : from.get(i); k < end; k++) {
                    int row = outgoing.targets().get(k);
                    index("the output neuron of connection " + k, row - fromRow, toRow - fromRow);
                    long cell = (long) block * rows.outputs() + row;
                    index("the place in its cell of connection " + k, filled[row]++,
                            (long) BlockedRows.CHUNK * (rows.starts().get(cell + 1) - rows.starts().get(cell)));
                }
            }
        }
    }

    /** Which places of some output neurons hold a connection. */
    static void places(ExistingPlaces places, LayerTopology topology, int fromRow, int toRow) {
        if (FullChecks.ENABLED) {
            incoming(topology, fromRow, toRow);
            for (int row = fromRow; row < toRow; row++) {
                if (places.count(row) != topology.fanIn(row)) {
                    throw new IllegalStateException("output neuron %d has %d connections in %d places".formatted(row,
                            topology.fanIn(row), places.count(row)));
                }
            }
        }
    }

    /** Numbers of something that there is so much of: samples, classes. */
    static void numbers(String what, IntArray numbers, long from, long to, long size) {
        if (FullChecks.ENABLED) {
            for (long k = from; k < to; k++) {
                index(what, numbers.get(k), size);
            }
        }
    }

    private static void index(String what, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalStateException("%s is %d, expected 0 to %d".formatted(what, index, size - 1));
        }
    }
}
