package dev.filigree.cli.train;

import dev.filigree.cli.run.EvolutionSettings.Neurons;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which neurons lose their connections. */
public final class NeuronPruningOptions {
    @Option(names = "--prune-neurons", paramLabel = "PERCENTILE", //
            description = "Remove all incoming connections of hidden neurons whose weights' magnitudes sum up to less "
                    + "than this percentile, from 0 to 100, of their sparse layer's (default: of none).")
    private @Nullable Double percentile;

    @Option(names = "--prune-neurons-from", paramLabel = "EPOCH", //
            description = "First epoch that ends with it (default: " + TrainDefaults.PRUNE_NEURONS_FROM + ").")
    private @Nullable Integer from;

    @Option(names = "--prune-neurons-every", paramLabel = "N", //
            description = "Epochs from there to the next (default: " + TrainDefaults.PRUNE_NEURONS_EVERY + ").")
    private @Nullable Integer every;

    /** For picocli. */
    public NeuronPruningOptions() {}

    /**
     * The settings, checked; null if no neurons are to be pruned.
     *
     * @param epochs of the training
     */
    @Nullable
    Neurons settings(OptionCheck check, int epochs) {
        if (percentile == null) {
            if (from != null || every != null) {
                throw check.error("%s needs the neurons to prune, expected --prune-neurons beside it"
                        .formatted(from != null ? "--prune-neurons-from" : "--prune-neurons-every"));
            }
            return null;
        }
        check.require(percentile > 0 && percentile < 100, "--prune-neurons", percentile,
                "a percentile above 0 and below 100");
        int first = from == null ? TrainDefaults.PRUNE_NEURONS_FROM : from;
        int interval = every == null ? TrainDefaults.PRUNE_NEURONS_EVERY : every;
        check.require(first >= 1 && first <= epochs, "--prune-neurons-from", first,
                "an epoch from 1 to --epochs, which is " + epochs);
        check.requirePositive("--prune-neurons-every", interval);
        return new Neurons(percentile, first, interval);
    }
}
