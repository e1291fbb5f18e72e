package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.bench.DensitySweep;
import dev.filigree.bench.Shape;
import dev.filigree.bench.ShapeSweep;
import dev.filigree.bench.SweepSettings;
import dev.filigree.bench.roof.CacheSizes;
import dev.filigree.bench.roof.RoofMeter;
import dev.filigree.bench.roof.Roofs;
import dev.filigree.cli.bench.BenchJson;
import dev.filigree.cli.bench.BenchOptions;
import dev.filigree.cli.bench.BenchPictures;
import dev.filigree.cli.bench.BenchReport;
import dev.filigree.cli.bench.BenchText;
import dev.filigree.cli.bench.BenchWarnings;
import dev.filigree.cli.files.OutputFiles;
import dev.filigree.cli.run.MachineFacts;
import dev.filigree.cli.text.MovingLine;
import dev.filigree.cli.text.ProgressBar;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast sparse layers are on this machine, beside dense ones and beside what the machine can do. */
@Command(name = "bench", sortOptions = false, //
        description = {"Measures at which density a sparse layer is faster than a dense one on this machine, and how "
                + "close it comes to what the machine can do.", "",
                "The sparse layer is timed as training runs it, its backward sweep with the update of the weights. "
                        + "Against it stand bare matrix products of OpenBLAS without an update (forward, backward) and "
                        + "a dense layer on OpenBLAS (training step), all in turns. Times are medians, beside them "
                        + "the interquartile range (IQR). Rates count 2 flop per connection and sample forward, 4 "
                        + "backward, 6 for a step. The roof is what reading activations at random allows, or the "
                        + "arithmetic where that is lower; a product that is blocked for the caches can pass the "
                        + "first. The last columns of a step tell which products a layer runs on by default, and the "
                        + "time it takes then as a share of the dense layer's.",
                ""}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree bench", "  filigree bench --quick", //
                "  filigree bench --shapes 784x1000,3072x4000 --densities 1%%,5%%,20%% --threads 2", //
                "  filigree bench --out pictures", //
                "  filigree bench --json | jq '.shapes[].breakEven'"})
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(names = "--out", paramLabel = "DIR", description = "Draw time against density (time-forward, "
            + "time-backward, time-step) and the roofline into DIR, as .png and .svg each; made if it is missing "
            + "(default: nothing is drawn).")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        SweepSettings settings = options.settings(new OptionCheck(spec.commandLine()));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<String> warnings = BenchWarnings.current();
        if (directory != null) {
            OutputFiles.prepareDirectory(directory);
        }
        printWarnings(warnings, err);
        BenchReport report = measure(settings, warnings, err);
        if (json) {
            out.println(new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(new BenchJson(report).toJson()));
        } else {
            new BenchText(report, out).print();
            // Once more where the figures are: by now the first time has scrolled away.
            printWarnings(warnings, out);
        }
        out.flush();
        if (directory != null) {
            List<Path> pictures = new BenchPictures(report).write(directory);
            if (!json) {
                out.printf("%n%d pictures in %s%n", pictures.size(), directory);
                out.flush();
            }
        }
        return 0;
    }

    private static BenchReport measure(SweepSettings settings, List<String> warnings, PrintWriter err) {
        int parts = 2 + settings.shapes().size() * settings.densities().size();
        ProgressBar progress = new ProgressBar(err, parts, MovingLine.isTerminal());
        CacheSizes caches = CacheSizes.current();
        int tileLanes = SparseKernels.best().tileLanes(settings.batch());
        List<ShapeSweep> sweeps = new ArrayList<>();
        try (WorkerPool pool = new WorkerPool(settings.threads())) {
            progress.doing("roofs of the machine");
            Roofs roofs = new RoofMeter(pool, settings.roofNanos(), caches).measure(settings.widths(), tileLanes);
            progress.partDone();
            DensitySweep sweep = new DensitySweep(settings, pool, progress::partDone);
            progress.doing("warming up");
            sweep.warmUp();
            progress.partDone();
            for (Shape shape : settings.shapes()) {
                progress.doing(shape.toString());
                sweeps.add(sweep.run(shape));
            }
            return new BenchReport(MachineFacts.current(), caches, tileLanes, settings, warnings, roofs, sweeps);
        } finally {
            progress.stop();
        }
    }

    private static void printWarnings(List<String> warnings, PrintWriter err) {
        warnings.forEach(warning -> err.println("WARNING: " + warning));
        err.flush();
    }
}
