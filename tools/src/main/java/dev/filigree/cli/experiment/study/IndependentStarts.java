package dev.filigree.cli.experiment.study;

import dev.filigree.cli.distance.Against;
import dev.filigree.cli.distance.ComparedNetworks;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.Epochs;
import dev.filigree.cli.distance.NetworkSelection;
import dev.filigree.cli.distance.ledger.PairFile;
import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Do networks become one topology? Some begin with topologies that have nothing to do with each other, some with one
 * topology and different weights; all are trained with SET. Liu et al., "Topological Insights into Sparse Neural
 * Networks", ECML PKDD 2020, section 5, find that they do not, and that all do equally well.
 */
final class IndependentStarts implements Experiment {
    private static final String DATA = "fashion-mnist";
    private static final DistanceMethod METHOD = DistanceMethod.exact(OutputNeurons.MATCHED);

    /** Names of runs that begin with topologies of their own. */
    static final String OWN = "own";

    /** Names of runs that begin with one topology. */
    static final String SHARED = "shared";

    private static final int SNAPSHOTS = 20;

    private final ExperimentSettings settings;
    private final int networks;
    private final int epochs;
    private final int snapshotEvery;

    IndependentStarts(ExperimentSettings settings) {
        this.settings = settings;
        networks = settings.repetitions(4, 2);
        epochs = settings.epochs(100, 10);
        snapshotEvery = Math.max(1, epochs / SNAPSHOTS);
        if (networks < 2) {
            throw new IllegalArgumentException("1 network has no distances, expected --seeds 2 or more");
        }
    }

    @Override
    public String title() {
        return "Independent starts: do networks become one topology?";
    }

    @Override
    public List<List<Training>> stages(Path directory) {
        String sparse = "--hidden %s --density %s".formatted(settings.pick("784,784,784", "300,300"),
                settings.pick("0.01", "0.03"));
        List<Training> own = IntStream.rangeClosed(1, networks)
                .mapToObj(i -> training(OWN + i, sparse, i)).toList();
        List<Training> shared = IntStream.rangeClosed(1, networks)
                .mapToObj(i -> training(SHARED + i, "", networks + i).with("--topology",
                        directory.resolve("runs").resolve(OWN + 1) + ":0"))
                .toList();
        return List.of(own, shared);
    }

    private Training training(String name, String options, long seed) {
        return new Training(name, settings.dataArguments(DATA)).with(Training.of("", (options
                + " --activation relu --init he-uniform --fan-in topology --evolution set --zeta 0.3 --regrow zero "
                + "--batch 128 --optimizer sgd --lr 0.01 --momentum 0.9 --schedule constant").strip()).arguments())
                .with("--epochs", String.valueOf(epochs), "--snapshot-every", String.valueOf(snapshotEvery), "--seed",
                        String.valueOf(seed));
    }

    @Override
    public Report analyse(FinishedRuns runs, WorkerPool pool) throws IOException {
        List<Path> paths = runs.all().stream().map(FinishedRun::path).toList();
        try (ComparedNetworks compared = new NetworkSelection(paths, Epochs.parse(comparedEpochs()))
                .read(BiasRow.ABSENT);
                PairFile finished = PairFile.open(runs.directory().resolve("pairs.csv"), METHOD)) {
            Comparison comparison = Comparison.of(compared, Against.ALL, METHOD, 0, true, finished, pool);
            return new IndependentStartsReport(title(), comparison).of(runs);
        }
    }

    /** The first, the last, and some between them. */
    private String comparedEpochs() {
        List<Integer> compared = new ArrayList<>();
        for (int snapshot : new int[]{0, 1, 2, 5, 10, SNAPSHOTS}) {
            int epoch = Math.min(epochs, snapshot * snapshotEvery);
            if (!compared.contains(epoch)) {
                compared.add(epoch);
            }
        }
        return compared.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
