package dev.filigree.cli.experiment;

import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.files.OutputFiles;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One experiment from its trainings to its report. */
public final class ExperimentRun {
    /** The first file in a directory of an experiment: it tells whose directory that is. */
    private static final String MARK = "filigree-experiment.txt";

    private final Experiment experiment;
    private final String command;
    private final Path directory;
    private final int threads;
    private final PrintWriter out;
    private final boolean live;

    /**
     * A run.
     *
     * @param command that repeats it, for the report
     * @param directory of the experiment
     * @param threads workers
     * @param out for progress
     * @param live whether {@code out} is a terminal
     */
    public ExperimentRun(Experiment experiment, String command, Path directory, int threads, PrintWriter out,
            boolean live) {
        this.experiment = experiment;
        this.command = command;
        this.directory = directory;
        this.threads = threads;
        this.out = out;
        this.live = live;
    }

    /**
     * Does the trainings that are not done, and writes the report.
     *
     * @return the report, as written to the directory
     * @throws IOException if something cannot be read or written, or a training diverged
     */
    public Report run() throws IOException {
        Path runs = directory.resolve("runs");
        Path mark = directory.resolve(MARK);
        List<List<Training>> stages = experiment.stages(directory);
        List<Training> all = stages.stream().flatMap(List::stream).toList();
        // Directories of earlier versions have no mark.
        boolean own = Files.exists(mark)
                || all.stream().anyMatch(training -> RunDirectory.isRun(runs.resolve(training.name())));
        OutputFiles.prepareOwnDirectory(directory, own, "an experiment");
        if (!Files.exists(mark)) {
            Files.writeString(mark, command + "\n");
        }
        Files.createDirectories(runs);
        ExperimentProgress progress = new ExperimentProgress(all, out, live);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            out.printf("%nfiligree: interrupted; the same command goes on with what is left%n");
            out.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            TrainingQueue queue = new TrainingQueue(runs, threads, progress);
            List<FinishedRun> finished = new ArrayList<>();
            for (int s = 0; s < stages.size(); s++) {
                experiment.prepare(s, new FinishedRuns(directory, finished));
                queue.run(stages.get(s));
                progress.doing("reading the trainings");
                for (Training training : stages.get(s)) {
                    finished.add(FinishedRun.read(training, queue.path(training)));
                }
            }
            Report report = report(new FinishedRuns(directory, finished));
            report.write(directory);
            return report;
        } finally {
            progress.stop();
            removeHook(hook);
        }
    }

    private Report report(FinishedRuns runs) throws IOException {
        try (WorkerPool pool = new WorkerPool(threads)) {
            Report report = experiment.analyse(runs, pool);
            new Provenance(runs, command).addTo(report);
            return report;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs already.
        }
    }
}
