package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.bench.growth.GrowthPoint;
import dev.filigree.bench.growth.LayerGrowth;
import dev.filigree.cli.files.OutputFiles;
import dev.filigree.cli.growth.GrowthReport;
import dev.filigree.cli.text.MovingLine;
import dev.filigree.cli.text.ProgressBar;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.parallel.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how the cost of a distance grows with the size of the layers. */
@Command(name = "growth", sortOptions = false, //
        description = {"Measures how time and memory of comparing two random layers grow with their size.", "",
                "Related layers, of which one is the other with 30%% of its connections moved and its neurons shuffled, "
                        + "are compared exactly; unrelated ones within a tolerance. One comparison each, the smallest "
                        + "twice, so that the first is not the compiler's.",
                ""}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree growth", "  filigree growth --sizes 1000,10000 --epsilon 10 --out growth"})
final class GrowthCommand implements Callable<Integer> {
    private static final double MEBI = 1 << 20;

    private static final List<Integer> DEFAULT_SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);

    @Spec
    private CommandSpec spec;

    @Option(names = "--sizes", split = ",", paramLabel = "N", //
            description = "Neurons per layer (default: 1000,10000,100000,1000000).")
    private @Nullable List<Integer> sizes;

    @Option(names = "--epsilon", paramLabel = "E", description = "Half the connections per neuron (default: 5).")
    private double epsilon = 5;

    @Option(names = "--tolerance", paramLabel = "X", //
            description = "To which the distance of unrelated layers is proven (default: 0.001).")
    private double tolerance = 0.001;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that share the work"
            + " (default: as many as the machine has hardware threads).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Write growth.csv and draw growth-time and growth-memory"
            + " into DIR, as .png and .svg; made if it is missing.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        List<Integer> ascending = List.copyOf(new TreeSet<>(sizes == null ? DEFAULT_SIZES : sizes));
        check.require(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY, "--epsilon", epsilon, "a number above 0");
        for (int size : ascending) {
            check.require(size >= 1 && size <= LayerGrowth.MOST_NEURONS, "--sizes", size,
                    String.format(Locale.ROOT, "1 to %,d neurons", LayerGrowth.MOST_NEURONS));
            requireMemory(check, size, LayerGrowth.offHeapBytes(epsilon, size), OffHeapMemory.available(), "memory");
            requireMemory(check, size, LayerGrowth.heapBytes(epsilon, size), Runtime.getRuntime().maxMemory(),
                    "Java heap");
        }
        check.require(tolerance > 0 && tolerance < 1, "--tolerance", tolerance, "a number between 0 and 1");
        check.requireThreads(threads);
        if (directory != null) {
            OutputFiles.prepareDirectory(directory);
        }
        GrowthReport report = measure(ascending);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
        } else {
            report.print(out);
        }
        if (directory != null) {
            // Java2D would otherwise connect to a screen where DISPLAY is set, and fail if it cannot.
            System.setProperty("java.awt.headless", "true");
            int files = report.write(directory).size();
            if (!json) {
                out.printf("%n%d files in %s%n", files, directory);
            }
        }
        out.flush();
        return 0;
    }

    private void requireMemory(OptionCheck check, int size, double need, long limit, String memory) {
        if (need > limit) {
            throw check.error(String.format(Locale.ROOT,
                    "--sizes is %d, which takes about %,.0f MB of %s, found %,.0f MB: expected fewer neurons, or an "
                            + "--epsilon below %s",
                    size, need / MEBI, memory, limit / MEBI, epsilon));
        }
    }

    private GrowthReport measure(List<Integer> ascending) {
        ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), 2 * ascending.size(), MovingLine.isTerminal());
        List<GrowthPoint> points = new ArrayList<>();
        try (WorkerPool pool = new WorkerPool(threads)) {
            LayerGrowth growth = new LayerGrowth(epsilon, tolerance, pool);
            bar.doing("warming up");
            growth.measure(ascending.get(0), true);
            growth.measure(ascending.get(0), false);
            for (int size : ascending) {
                for (boolean related : new boolean[]{true, false}) {
                    bar.doing(String.format(Locale.ROOT, "%,d neurons", size));
                    points.add(growth.measure(size, related));
                    bar.partDone();
                }
            }
        } finally {
            bar.stop();
        }
        return new GrowthReport("Erdős–Rényi layers, epsilon %s, on %d %s".formatted(epsilon, threads,
                threads == 1 ? "thread" : "threads"), points);
    }
}
