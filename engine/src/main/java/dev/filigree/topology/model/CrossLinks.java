package dev.filigree.topology.model;

import java.util.SplittableRandom;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongHashSet;

/**
 * Turns a network without sides into one between two sides: nodes are dealt to the sides at random, edges between the
 * sides are kept, and the ends of the others are joined anew.
 */
final class CrossLinks {
    /** So many places are tried for a connection before it is given up. */
    private static final int TRIES = 64;

    private final int inputs;
    private final SplittableRandom random;

    /** Below {@code inputs} an input neuron, from there on an output neuron. */
    private final int[] neuronOfNode;

    private final long[] cells;
    private int number;
    private final LongHashSet taken;
    private final IntArrayList inputEnds = new IntArrayList();
    private final IntArrayList outputEnds = new IntArrayList();

    CrossLinks(int inputs, int outputs, int connections, SplittableRandom random) {
        this.inputs = inputs;
        this.random = random;
        this.cells = new long[connections];
        this.taken = new LongHashSet(Math.max(8, connections));
        this.neuronOfNode = new int[inputs + outputs];
        for (int node = 0; node < neuronOfNode.length; node++) {
            neuronOfNode[node] = node;
        }
        for (int node = neuronOfNode.length - 1; node > 0; node--) {
            int other = random.nextInt(node + 1);
            int neuron = neuronOfNode[node];
            neuronOfNode[node] = neuronOfNode[other];
            neuronOfNode[other] = neuron;
        }
    }

    /** Keeps an edge, or its ends. */
    void join(int node, int other) {
        int a = Math.min(neuronOfNode[node], neuronOfNode[other]);
        int b = Math.max(neuronOfNode[node], neuronOfNode[other]);
        if (a < inputs && b >= inputs) {
            add(a, b - inputs);
        } else if (b < inputs) {
            inputEnds.addInt(a);
            inputEnds.addInt(b);
        } else {
            outputEnds.addInt(a - inputs);
            outputEnds.addInt(b - inputs);
        }
    }

    /** Joins ends of undone edges across the sides: as many connections as there were such edges, or a few less. */
    void joinEnds() {
        shuffle(inputEnds);
        shuffle(outputEnds);
        int pairs = Math.min(inputEnds.size(), outputEnds.size());
        int edges = (inputEnds.size() + outputEnds.size()) / 2;
        for (int i = 0; i < pairs; i++) {
            joinPair(i);
        }
        for (int i = pairs; i < edges && i < inputEnds.size(); i++) {
            joinByPreference(inputEnds.getInt(i), true);
        }
        for (int i = pairs; i < edges && i < outputEnds.size(); i++) {
            joinByPreference(outputEnds.getInt(i), false);
        }
    }

    /** Joins an input end with the output end at the same place, or a later one if they are joined already. */
    private void joinPair(int place) {
        for (int tried = 0; tried < TRIES; tried++) {
            if (add(inputEnds.getInt(place), outputEnds.getInt(place))) {
                return;
            }
            swap(outputEnds, place, place + random.nextInt(outputEnds.size() - place));
        }
    }

    private void joinByPreference(int neuron, boolean isInput) {
        for (int tried = 0; tried < TRIES && number > 0; tried++) {
            long other = cells[random.nextInt(number)];
            if (isInput ? add(neuron, (int) (other / inputs)) : add((int) (other % inputs), neuron)) {
                return;
            }
        }
    }

    private boolean add(int input, int output) {
        long cell = (long) output * inputs + input;
        if (!taken.add(cell)) {
            return false;
        }
        cells[number++] = cell;
        return true;
    }

    private void shuffle(IntArrayList list) {
        for (int i = list.size() - 1; i > 0; i--) {
            swap(list, i, random.nextInt(i + 1));
        }
    }

    private static void swap(IntArrayList list, int i, int k) {
        int element = list.getInt(i);
        list.setInt(i, list.getInt(k));
        list.setInt(k, element);
    }

    /** The connections; the first {@link #number} are used. */
    long[] cells() {
        return cells;
    }

    int number() {
        return number;
    }
}
