package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.cli.distance.Against;
import dev.filigree.cli.distance.ComparedNetworks;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.Epochs;
import dev.filigree.cli.distance.NetworkSelection;
import dev.filigree.cli.distance.ledger.PairFile;
import dev.filigree.cli.distance.ledger.PairProgress;
import dev.filigree.cli.distance.report.DistanceJson;
import dev.filigree.cli.distance.report.DistancePictures;
import dev.filigree.cli.distance.report.DistanceTables;
import dev.filigree.cli.distance.report.DistanceText;
import dev.filigree.cli.files.OutputFiles;
import dev.filigree.cli.text.MovingLine;
import dev.filigree.cli.text.ProgressBar;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.DistanceMatrix;
import dev.filigree.distance.pairs.PairLedger;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.plot.heat.HeatMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how far apart the wirings of several networks are. */
@Command(name = "distance", sortOptions = false, //
        description = {"Measures how different the wiring of networks is (NNSTD), layer by layer, and beside it the "
                + "ceiling: what independent random topologies with as many connections score.", "",
                "All networks have as many layers and the same inputs. Of each pair the neurons of the second network "
                        + "are renamed into those of the first, so the order of the paths can matter a little.",
                ""}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree distance runs/seed1 runs/seed2", //
                "  filigree distance --epochs all --out evolution runs/seed1 runs/seed2", //
                "  filigree distance --refine --spread 32 runs/seed1 runs/seed2", //
                "  filigree distance --against first --csv moved.csv runs/*", //
                "  filigree distance --epoch 0 --heat-map start runs/*"})
final class DistanceCommand implements Callable<Integer> {
    private static final String PNG = ".png";
    private static final String SVG = ".svg";

    /** A distance between 0 and 1 varies no further over more. */
    private static final int MOST_SAMPLES = 100_000;

    /** The finished pairs in the folder of {@code --out}, and the first file there: it tells whose folder that is. */
    private static final String PAIR_FILE = "finished-pairs.txt";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "A run, a folder with epoch_NNN,"
            + " or a network: a folder with weight_l0.npz, weight_l1.npz, …")
    private List<Path> paths;

    @Option(names = {"--epochs", "--epoch"}, paramLabel = "N[,N…]", description = "Epochs of every PATH to compare, as"
            + " saved before the rewiring that follows them, or 'all' (default: the last one; all of them with --against"
            + " first, previous or runs).")
    private @Nullable String epochs;

    @Option(names = "--against", paramLabel = "WHAT", description = "Compare each network with 'all' others, with the"
            + " 'first' or the 'previous' epoch of its run, or with the other 'runs' at the same epoch (default: all).")
    private Against against = Against.ALL;

    @Option(names = "--output", paramLabel = "HOW", description = "Output neurons: 'matched' like all others, as in"
            + " the paper's program, or 'pinned', each with itself (default: matched).")
    private OutputNeurons output = OutputNeurons.MATCHED;

    @Option(names = "--refine", description = "Match layers jointly: a layer's matching also serves the layer behind it."
            + " Lowers the mean distance.")
    private boolean refine;

    @Option(names = "--tolerance", paramLabel = "X", description = "Prove each layer's distance to within X of the least"
            + " instead of exactly, such as 0.001: for layers of hundreds of thousands of neurons (default: 0).")
    private double tolerance;

    @Option(names = "--spread", paramLabel = "N", description = "Tell how the distances of each pair vary over N sampled"
            + " matchings that are equally good, layer by layer.")
    private int spread;

    @Option(names = "--bias-row", paramLabel = "WHETHER", description = "Last row of each matrix is the bias:"
            + " 'present', 'absent' or 'auto', by the shapes (default: auto).")
    private BiasRow biasRow = BiasRow.AUTO;

    @Option(names = "--no-ceiling", description = "Leave away what independent random topologies score: for layers of"
            + " many thousands of neurons it takes longer than a pair of related networks.")
    private boolean noCeiling;

    @Option(names = "--out", paramLabel = "DIR", description = "Write everything into DIR: distances.csv, heat maps,"
            + " a dendrogram, a map and curves over epochs, as .svg, .png and .csv each. DIR is made if it is missing."
            + " It also keeps finished pairs: the same command goes on where it was interrupted, and further networks"
            + " cost only their own pairs.")
    private @Nullable Path directory;

    @Option(names = "--scale", paramLabel = "WHICH", description = "Scale of pictures: 'auto', up to the largest"
            + " distance or ceiling, or 'fixed', from 0 to 1 (default: auto).")
    private HeatMap.Scale scale = HeatMap.Scale.AUTO;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a,b,layer,distance,ceiling,ceiling_deviation.")
    private @Nullable Path csv;

    @Option(names = "--heat-map", paramLabel = "FILE", description = "Draw the matrix of the mean distances:"
            + " FILE ends in .png or .svg; otherwise both are written, with these endings.")
    private @Nullable Path heatMap;

    @Option(names = "--threads", paramLabel = "N", description = "Pairs compared at a time"
            + " (default: as many as the machine has hardware threads).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        // Java2D would otherwise connect to a screen where DISPLAY is set, and fail if it cannot.
        System.setProperty("java.awt.headless", "true");
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.requireThreads(threads);
        require(heatMap == null || against == Against.ALL,
                "--heat-map draws all pairs, but --against compares some of them; expected one of the two");
        require(tolerance >= 0, "--tolerance is %s, expected 0 or more".formatted(tolerance));
        require(!refine || tolerance == 0,
                "--refine takes exact matchings, but --tolerance is %s; expected one of the two"
                        .formatted(tolerance));
        require(spread == 0 || (spread >= 2 && spread <= MOST_SAMPLES),
                String.format(Locale.ROOT, "--spread is %d, expected 2 to %,d samples", spread, MOST_SAMPLES));
        NetworkSelection selection = new NetworkSelection(paths, selectedEpochs());
        require(selection.size() >= 2,
                "one network to compare, expected two or more: give another PATH, or several --epochs");
        List<Path> pictures = pictures();
        for (Path picture : pictures) {
            OutputFiles.checkWritable(picture);
        }
        if (csv != null) {
            OutputFiles.checkWritable(csv);
        }
        if (directory != null) {
            OutputFiles.prepareOwnDirectory(directory, Files.exists(directory.resolve(PAIR_FILE)), "a comparison");
        }
        try (ComparedNetworks networks = selection.read(biasRow)) {
            require(!against.pairs(networks.networks()).isEmpty(), against == Against.RUNS
                    ? "no two networks to compare: expected several PATHs with an epoch in common"
                    : "no two networks to compare: expected a PATH with several epochs");
            Comparison comparison = compare(networks);
            print(comparison);
            write(comparison, pictures);
        }
        return 0;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private @Nullable Epochs selectedEpochs() {
        try {
            String text = epochs == null && against.needsEpochs() ? "all" : epochs;
            return text == null ? null : Epochs.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--epochs: " + e.getMessage(), e);
        }
    }

    private List<Path> pictures() {
        if (heatMap == null) {
            return List.of();
        }
        require(heatMap.getFileName() != null && !heatMap.toString().isEmpty(),
                "--heat-map is '%s', expected the name of a file".formatted(heatMap));
        return isNamed(heatMap, PNG) || isNamed(heatMap, SVG)
                ? List.of(heatMap)
                // The SVG first: it needs no fonts, so it is there even if the PNG fails for want of them.
                : List.of(heatMap.resolveSibling(heatMap.getFileName() + SVG),
                        heatMap.resolveSibling(heatMap.getFileName() + PNG));
    }

    private static boolean isNamed(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private DistanceMethod method() {
        return new DistanceMethod(output, tolerance, refine);
    }

    private Comparison compare(ComparedNetworks networks) throws IOException {
        if (directory == null) {
            return compare(networks, PairLedger.NONE);
        }
        try (PairFile finished = PairFile.open(directory.resolve(PAIR_FILE), method())) {
            return compare(networks, finished);
        }
    }

    private Comparison compare(ComparedNetworks networks, PairLedger ledger) {
        ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), Comparison.work(networks, against, !noCeiling),
                MovingLine.isTerminal());
        try (WorkerPool pool = new WorkerPool(threads)) {
            bar.doing("comparing pairs");
            return Comparison.of(networks, against, method(), spread, !noCeiling, new PairProgress(ledger, bar), pool);
        } finally {
            bar.stop();
        }
    }

    private void print(Comparison comparison) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(DistanceJson.of(comparison)));
        } else {
            new DistanceText(comparison, out).print();
        }
        out.flush();
    }

    private void write(Comparison comparison, List<Path> files) throws IOException {
        if (csv != null) {
            OutputFiles.write(csv, file -> DistanceTables.pairs(comparison).write(file));
        }
        DistancePictures pictures = new DistancePictures(comparison, scale);
        DistanceMatrix matrix = comparison.matrix();
        for (Path file : files) {
            if (matrix != null) {
                HeatMap map = pictures.meanMap(matrix);
                OutputFiles.write(file, isNamed(file, PNG) ? map::writePng : map::writeSvg);
            }
        }
        if (directory != null) {
            int drawn = pictures.write(directory);
            if (!json) {
                spec.commandLine().getOut().printf("%n%d %s in %s%n", drawn,
                        drawn == 1 ? "picture" : "pictures", directory);
                spec.commandLine().getOut().flush();
            }
        }
    }
}
