package dev.filigree.cli.experiment.study.features;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What do networks that SET trains look at? Which pixels they connect to, epoch by epoch, and whether the features they
 * connect to most are those that matter.
 */
public final class Features implements Experiment {
    private final PixelMaps pixels;
    private final FeatureSelection selection;

    /**
     * The study.
     *
     * @throws IllegalArgumentException if there is none of the data sets to select features from
     */
    public Features(ExperimentSettings settings) {
        pixels = new PixelMaps(settings);
        selection = new FeatureSelection(settings);
    }

    @Override
    public String title() {
        return "Features: what sparse networks look at";
    }

    @Override
    public List<List<Training>> stages(Path directory) {
        return List.of(Stream.concat(pixels.trainings().stream(), selection.networks().stream()).toList(),
                selection.classifiers(directory));
    }

    @Override
    public void prepare(int stage, FinishedRuns before) throws IOException {
        if (stage == 1) {
            selection.writeSelections(before);
        }
    }

    @Override
    public Report analyse(FinishedRuns runs, WorkerPool pool) throws IOException {
        Report report = new Report(title());
        pixels.addTo(report, runs);
        new SelectionReport(selection).addTo(report, runs);
        return report;
    }
}
