package dev.filigree.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one epoch did.
 *
 * @param epoch 1 for the first
 * @param training mean over the epoch's steps, each before its update
 * @param validation after the epoch; null without validation samples
 * @param test after the epoch; null without test samples
 * @param seconds wall-clock time of the whole epoch
 * @param times its parts
 * @param connections per layer, when the epoch was evaluated
 * @param rewired connections removed in all updates of the epoch and between it and the next, per layer
 */
public record EpochReport(int epoch, Evaluation training, @Nullable Evaluation validation, @Nullable Evaluation test,
        double seconds, PhaseTimes times, List<Long> connections, List<Long> rewired) {}
