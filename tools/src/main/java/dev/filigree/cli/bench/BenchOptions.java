package dev.filigree.cli.bench;

import dev.filigree.bench.Shape;
import dev.filigree.bench.SweepSettings;
import dev.filigree.cli.train.OptionCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be timed. */
public final class BenchOptions {
    private static final String SHAPES = "1000x1000,4000x4000";
    private static final String QUICK_SHAPES = "512x512";
    private static final String DENSITIES = "0.1%,0.2%,0.5%,1%,2%,5%,10%,20%,30%,50%,70%,100%";
    private static final String QUICK_DENSITIES = "1%,5%,20%,50%";

    @Option(names = "--shapes", split = ",", paramLabel = "INxOUT", //
            description = "Shapes of the layers (default: " + SHAPES + ", and " + QUICK_SHAPES + " with --quick).")
    private @Nullable List<String> shapes;

    @Option(names = "--densities", split = ",", paramLabel = "D", //
            description = "Shares of the connections that exist, such as 0.01 or 1%% (default: a grid from 0.1%% to "
                    + "100%%).")
    private @Nullable List<String> densities;

    @Option(names = "--batch", paramLabel = "N", description = "Samples per batch (default: 128).")
    private int batch = 128;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that share the work (default: 1).")
    private int threads = 1;

    @Option(names = "--quick", description = "A rough answer in a few seconds.")
    private boolean quick;

    /** For picocli. */
    public BenchOptions() {}

    /** The settings, checked. */
    public SweepSettings settings(OptionCheck check) {
        check.requirePositive("--batch", batch);
        check.requirePositive("--threads", threads);
        int processors = Runtime.getRuntime().availableProcessors();
        check.require(threads <= processors, "--threads", threads,
                "at most %d, the hardware threads of this machine".formatted(processors));
        List<Shape> parsedShapes = new ArrayList<>();
        for (String shape : orDefault(shapes, quick ? QUICK_SHAPES : SHAPES)) {
            try {
                parsedShapes.add(Shape.parse(shape));
            } catch (IllegalArgumentException e) {
                throw check.error("--shapes: " + e.getMessage());
            }
        }
        TreeSet<Double> parsedDensities = new TreeSet<>();
        for (String density : orDefault(densities, quick ? QUICK_DENSITIES : DENSITIES)) {
            parsedDensities.add(density(density, check));
        }
        return new SweepSettings(parsedShapes.stream().distinct().toList(), List.copyOf(parsedDensities), batch,
                threads, quick);
    }

    private static List<String> orDefault(@Nullable List<String> given, String standard) {
        return given == null ? List.of(standard.split(",")) : given;
    }

    private static double density(String text, OptionCheck check) {
        String number = text.strip();
        boolean percent = number.endsWith("%");
        double density = Double.NaN;
        try {
            density = percent
                    ? Double.parseDouble(number.substring(0, number.length() - 1)) / 100
                    : Double.parseDouble(number);
        } catch (NumberFormatException e) {
            // Not a number is refused below, with every other that is no density.
            density = Double.NaN;
        }
        check.require(density > 0 && density <= 1, "--densities", "'" + text + "'",
                "numbers above 0 and at most 1, or percentages such as 5%");
        return density;
    }
}
