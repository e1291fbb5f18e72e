package dev.filigree.cli.experiment;

import dev.filigree.cli.experiment.report.Report;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trainings, and what is to be found in them. */
public interface Experiment {
    /** What it is about, as a heading. */
    String title();

    /**
     * Writes what the trainings of a stage need; called before every stage, and again when the experiment goes on.
     *
     * @param stage number of the stage, from 0
     * @param before the trainings of the stages before, and the directory of the experiment
     */
    default void prepare(int stage, FinishedRuns before) throws IOException {
        // Most start at random.
    }

    /**
     * The trainings, in groups: those of one group need nothing but the groups before.
     *
     * @param directory of the experiment
     */
    List<List<Training>> stages(Path directory);

    /**
     * Reads the finished trainings.
     *
     * @param runs of all stages
     * @param pool for what takes long
     */
    Report analyse(FinishedRuns runs, WorkerPool pool) throws IOException;
}
