package dev.filigree.distance;

/** How the output neurons of the last layer are compared. */
public enum OutputNeurons {
    /** Matched like those of any other layer, as in the program published with the NNSTD paper. */
    MATCHED,

    /** Output neuron {@code i} with output neuron {@code i}: each stands for a class and has no other counterpart. */
    PINNED
}
