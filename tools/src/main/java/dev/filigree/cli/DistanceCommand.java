package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.cli.distance.ComparedNetworks;
import dev.filigree.cli.distance.DistanceReport;
import dev.filigree.cli.distance.Epochs;
import dev.filigree.cli.distance.NetworkSelection;
import dev.filigree.distance.DistanceMatrix;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.io.AtomicFiles;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.plot.heat.HeatMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
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
@Command(name = "distance", //
        description = {"Measures how different the wiring of networks is (NNSTD), layer by layer.", "",
                "All networks have the same shape. Of each pair the neurons of the second network are renamed into"
                        + " those of the first, so the order of the paths can matter a little."}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree distance runs/seed1 runs/seed2", //
                "  filigree distance --epochs all --heat-map evolution runs/seed1", //
                "  filigree distance --epoch 0 --csv start.csv runs/*"})
final class DistanceCommand implements Callable<Integer> {
    private static final String PNG = ".png";
    private static final String SVG = ".svg";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "A run, a folder with epoch_NNN,"
            + " or a network: a folder with weight_l0.npz, weight_l1.npz, …")
    private List<Path> paths;

    @Option(names = {"--epochs", "--epoch"}, paramLabel = "N[,N…]", //
            description = "Epochs of every PATH to compare, or 'all' (default: the last one).")
    private @Nullable String epochs;

    @Option(names = "--output", paramLabel = "HOW", description = "Output neurons: 'matched' like all others, as in"
            + " the paper's program, or 'pinned', each with itself (default: matched).")
    private OutputNeurons output = OutputNeurons.MATCHED;

    @Option(names = "--bias-row", paramLabel = "WHETHER", description = "Last row of each matrix is the bias:"
            + " 'present', 'absent' or 'auto', by the shapes (default: auto).")
    private BiasRow biasRow = BiasRow.AUTO;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a,b,layer,distance.")
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
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is %d, expected 1 or more".formatted(threads));
        }
        NetworkSelection selection = new NetworkSelection(paths, parsedEpochs());
        if (selection.size() < 2) {
            throw new ParameterException(spec.commandLine(),
                    "one network to compare, expected two or more: give another PATH, or several --epochs");
        }
        List<Path> pictures = pictures();
        checkWritable(pictures);
        checkWritable(csv == null ? List.of() : List.of(csv));
        try (ComparedNetworks networks = selection.read(biasRow); WorkerPool pool = new WorkerPool(threads)) {
            DistanceMatrix matrix = DistanceMatrix.of(networks.topologies(), output, pool);
            DistanceReport report = new DistanceReport(networks, matrix, output);
            print(report);
            if (csv != null) {
                write(csv, report::writeCsv);
            }
            if (!pictures.isEmpty()) {
                draw(networks.labels(), matrix, pictures);
            }
        }
        return 0;
    }

    private @Nullable Epochs parsedEpochs() {
        try {
            return epochs == null ? null : Epochs.parse(epochs);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--epochs: " + e.getMessage(), e);
        }
    }

    private List<Path> pictures() {
        if (heatMap == null) {
            return List.of();
        }
        if (heatMap.getFileName() == null || heatMap.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--heat-map is '%s', expected the name of a file"
                    .formatted(heatMap));
        }
        return isNamed(heatMap, PNG) || isNamed(heatMap, SVG)
                ? List.of(heatMap)
                // The SVG first: it needs no fonts, so it is there even if the PNG fails for want of them.
                : List.of(heatMap.resolveSibling(heatMap.getFileName() + SVG),
                        heatMap.resolveSibling(heatMap.getFileName() + PNG));
    }

    private static boolean isNamed(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** Finds out before the work is done, which may take long, that its result could not be kept. */
    private static void checkWritable(List<Path> files) throws IOException {
        for (Path file : files) {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null || Files.isDirectory(file)) {
                throw new IOException("cannot write %s: it is a directory; expected a file to write".formatted(file));
            }
            if (!Files.isDirectory(directory)) {
                throw new IOException("cannot write %s: there is no directory %s; create it first".formatted(file,
                        directory));
            }
            if (!Files.isWritable(directory)) {
                throw new IOException("cannot write %s: no permission to write into %s".formatted(file, directory));
            }
        }
    }

    // The messages of the file system name a temporary file, or nothing but a file.
    private static void write(Path file, AtomicFiles.Content<Path> content) throws IOException {
        try {
            content.writeTo(file);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write %s: %s".formatted(file, reason), e);
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void print(DistanceReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(report.toJson()));
        } else {
            report.printText(out);
        }
        out.flush();
    }

    private static void draw(List<String> labels, DistanceMatrix matrix, List<Path> pictures) throws IOException {
        // Java2D would otherwise connect to a screen where DISPLAY is set, and fail if it cannot.
        System.setProperty("java.awt.headless", "true");
        String title = "Topology distance (NNSTD)"
                + (matrix.depth() == 1 ? "" : ", mean of %d layers".formatted(matrix.depth()));
        HeatMap map = new HeatMap(title, "distance", labels, matrix.toArray(), HeatMap.Scale.AUTO);
        for (Path picture : pictures) {
            write(picture, isNamed(picture, PNG) ? map::writePng : map::writeSvg);
        }
    }
}
