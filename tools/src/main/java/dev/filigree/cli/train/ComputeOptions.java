package dev.filigree.cli.train;

import dev.filigree.cli.run.ComputeSettings;
import dev.filigree.cli.run.ComputeSettings.Activations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How products are computed. */
public final class ComputeOptions {
    private static final String MEASURED = "measured";

    @Option(names = "--dense-above", paramLabel = "DENSITY", //
            description = "Compute sparse layers of a higher density with dense products, over a full matrix with zeros between; "
                    + "1: none, 0: all. 'measured' times both on this machine first, which takes seconds. Unless "
                    + "given, by the layer's shape; filigree bench measures from which density that is faster.")
    private @Nullable String denseAbove;

    @Option(names = "--activations", paramLabel = "FORMAT", converter = ActivationsConverter.class, //
            description = "What sparse forward products read: ${COMPLETION-CANDIDATES}. bf16 halves their memory "
                    + "traffic and rounds activations to 8 bits.")
    private Activations activations = ComputeSettings.DEFAULT.activations();

    /** For picocli. */
    public ComputeOptions() {}

    /** Whether the machine is to be measured before the settings hold. */
    public boolean isMeasured() {
        return MEASURED.equals(denseAbove);
    }

    /** The settings, checked; where the machine is to be measured, as if nothing was said of dense products. */
    public ComputeSettings settings(OptionCheck check) {
        return new ComputeSettings(denseAbove == null || isMeasured() ? null : density(denseAbove, check), activations);
    }

    private static double density(String text, OptionCheck check) {
        double density;
        try {
            density = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            density = Double.NaN;
        }
        check.require(density >= 0 && density <= 1, "--dense-above", "'" + text + "'",
                "a density of 0 to 1, or " + MEASURED);
        return density;
    }

    private static final class ActivationsConverter extends ChoiceConverter<Activations> {
        ActivationsConverter() {
            super(Activations.values());
        }
    }
}
