package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.study.features.Features;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The experiments by name. */
public final class ExperimentCatalogue {
    private static final String ACCURACY_TABLE = "accuracy-table";
    private static final String DENSITY_SWEEP = "density-sweep";

    private static final Map<String, Function<ExperimentSettings, Experiment>> EXPERIMENTS = Map
            .of("similar-starts", SimilarStarts::new, "independent-starts", IndependentStarts::new, ACCURACY_TABLE,
                    AccuracyTable::new, DENSITY_SWEEP, DensitySweep::new, "winning-tickets", WinningTickets::new,
                    "features", Features::new);

    private static final Set<String> COMPARING_METHODS = Set.of(ACCURACY_TABLE, DENSITY_SWEEP);

    private ExperimentCatalogue() {}

    /** All names. */
    public static List<String> names() {
        return EXPERIMENTS.keySet().stream().sorted().toList();
    }

    /** Whether an experiment compares {@link #methods}. */
    public static boolean comparesMethods(String name) {
        return COMPARING_METHODS.contains(name);
    }

    /** The names of the methods that some of them compare. */
    public static List<String> methods() {
        return Arrays.stream(Method.values()).map(Method::label).toList();
    }

    /**
     * An experiment.
     *
     * @param name one of {@link #names}
     */
    public static Experiment of(String name, ExperimentSettings settings) {
        return Objects.requireNonNull(EXPERIMENTS.get(name), name).apply(settings);
    }
}
