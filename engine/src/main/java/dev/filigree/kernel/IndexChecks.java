package dev.filigree.kernel;

import dev.filigree.memory.FullChecks;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
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

    /** The connections of some near neurons, in some blocks. */
    static void blocks(BlockedIndex index, int fromBlock, int toBlock, int fromNeuron, int toNeuron) {
        if (FullChecks.ENABLED) {
            for (int block = fromBlock; block < toBlock; block++) {
                for (int neuron = fromNeuron; neuron < toNeuron; neuron++) {
                    cell(index, block, neuron);
                }
            }
        }
    }

    private static void cell(BlockedIndex index, int block, int neuron) {
        int cell = index.cell(block, neuron);
        int first = index.first(cell);
        if (index.end(cell) < first || index.end(cell) > index.positions()
                || index.end(cell) - first > index.width()) {
            throw new IllegalStateException(
                    "the connections of neuron %d in block %d are %d to %d of %d, expected at most %d"
                            .formatted(neuron, block, first, index.end(cell), index.positions(), index.width()));
        }
        int previous = -1;
        for (int k = first; k < index.first(cell + 1); k++) {
            int place = index.place(k);
            if (k < index.end(cell) ? place <= previous : place != previous) {
                throw new IllegalStateException("position %d of block %d is place %d after %d, expected ascending ones"
                        .formatted(k, block, place, previous));
            }
            index("the far neuron of position " + k, (long) block * index.width() + place, index.far());
            previous = place;
        }
    }

    /** What a block has from another one of the other side: as much into each cell as it has connections. */
    static void cells(BlockedIndex from, int fromBlock, BlockedIndex to, int toBlock) {
        if (FullChecks.ENABLED) {
            int[] given = new int[from.width()];
            int givers = toBlock * to.width();
            for (int giver = givers; giver < Math.min(from.near(), givers + to.width()); giver++) {
                cell(from, fromBlock, giver);
                int cell = from.cell(fromBlock, giver);
                for (int k = from.first(cell); k < from.end(cell); k++) {
                    given[from.place(k)]++;
                }
            }
            int receivers = fromBlock * from.width();
            for (int receiver = receivers; receiver < Math.min(to.near(), receivers + from.width()); receiver++) {
                int cell = to.cell(toBlock, receiver);
                int expected = to.end(cell) - to.first(cell);
                if (given[receiver - receivers] != expected) {
                    throw new IllegalStateException(
                            "neuron %d has %d connections to block %d from the other side, %d here"
                                    .formatted(receiver, given[receiver - receivers], toBlock, expected));
                }
                if (to.first(cell) < 0 || to.end(cell) > to.positions()) {
                    throw new IllegalStateException(
                            "the connections of neuron %d in block %d end at %d of %d".formatted(
                                    receiver, toBlock, to.end(cell), to.positions()));
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
