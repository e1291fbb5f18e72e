package dev.filigree.training;

import dev.filigree.evolution.Evolution;
import dev.filigree.network.Loss;

/**
 * How to train.
 *
 * @param epochs passes over the training samples, 1 or more
 * @param batchSize samples per step, 1 or more; the last step of an epoch takes what remains
 * @param loss what is minimized
 * @param optimizer how parameters move
 * @param clipping along how large gradients
 * @param evolution how connections change during training; after the last step they do not
 * @param evolveOutput whether the output layer is rewired too, if it is sparse
 * @param seed of shuffling, dropout and evolution
 */
public record TrainingConfig(int epochs, int batchSize, Loss loss, Optimizer optimizer, GradientClipping clipping,
        Evolution evolution, boolean evolveOutput, long seed) {
    /** Checks the ranges. */
    public TrainingConfig {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is %d, expected 1 or more".formatted(epochs));
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size is %d, expected 1 or more".formatted(batchSize));
        }
    }

    /** Without clipping. */
    public TrainingConfig(int epochs, int batchSize, Loss loss, Optimizer optimizer, Evolution evolution,
            boolean evolveOutput, long seed) {
        this(epochs, batchSize, loss, optimizer, GradientClipping.NONE, evolution, evolveOutput, seed);
    }
}
