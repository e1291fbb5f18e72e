package dev.filigree.network;

/** In which number format sparse forward products read activations; sums, weights and gradients are always float32. */
public enum ActivationFormat {
    /** As they were computed. */
    FLOAT32,
    /** Rounded to bfloat16: half the memory traffic, 8 bits of precision. */
    BFLOAT16
}
