package dev.filigree.cli.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * All trainings of an experiment.
 *
 * @param directory of the experiment
 */
public record FinishedRuns(Path directory, List<FinishedRun> all) {
    /** Copies the list. */
    public FinishedRuns {
        all = List.copyOf(all);
    }

    /**
     * One training.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public FinishedRun get(String name) {
        return all.stream().filter(run -> run.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the experiment has no training '%s'".formatted(name)));
    }

    /** Those whose names begin so. */
    public List<FinishedRun> named(String prefix) {
        return all.stream().filter(run -> run.name().startsWith(prefix)).toList();
    }

    /** Seconds that all trainings took, one after the other. */
    public double seconds() {
        return all.stream().mapToDouble(run -> run.results().seconds()).sum();
    }
}
