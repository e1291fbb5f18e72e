package dev.filigree.cli.train;

import dev.filigree.cli.run.ComputeSettings;
import dev.filigree.cli.run.ComputeSettings.Activations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How products are computed. */
public final class ComputeOptions {
    @Option(names = "--dense-above", paramLabel = "DENSITY", //
            description = "Compute sparse layers of a higher density with dense products, over a copy with zeros between; "
                    + "1: none, 0: all. Unless given, by the layer's shape; filigree bench measures from which density "
                    + "that is faster.")
    private @Nullable Double denseAbove;

    @Option(names = "--activations", paramLabel = "FORMAT", converter = ActivationsConverter.class, //
            description = "What sparse forward products read: ${COMPLETION-CANDIDATES}. bf16 halves their memory "
                    + "traffic and rounds activations to 8 bits.")
    private Activations activations = ComputeSettings.DEFAULT.activations();

    /** For picocli. */
    public ComputeOptions() {}

    /** The settings, checked. */
    public ComputeSettings settings(OptionCheck check) {
        if (denseAbove != null) {
            check.require(denseAbove >= 0 && denseAbove <= 1, "--dense-above", denseAbove, "a density of 0 to 1");
        }
        return new ComputeSettings(denseAbove, activations);
    }

    private static final class ActivationsConverter extends ChoiceConverter<Activations> {
        ActivationsConverter() {
            super(Activations.values());
        }
    }
}
