package dev.filigree.distance;

/** Counts the inputs that one neuron of a layer shares with each neuron of another. One per thread. */
interface CommonInputs {
    /**
     * Counts for a neuron.
     *
     * @return how many neurons of the other layer share an input with it: the length of what is valid in {@link #met} and
     *         {@link #counts} until the next call
     */
    int count(int neuron);

    /** The neurons that share an input; not a copy. */
    int[] met();

    /** How many inputs they share, in the order of {@link #met}; not a copy. */
    int[] counts();
}
