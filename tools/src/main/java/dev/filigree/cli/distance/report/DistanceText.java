package dev.filigree.cli.distance.report;

import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.NamedNetwork;
import dev.filigree.cli.text.TextTable;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.TieSpread;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.DistanceCeiling.Estimate;
import dev.filigree.distance.pairs.DistanceMatrix;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Distances for people: every pair, the ceiling, the matrix if there are more than two networks, and how good the
 * matchings are.
 */
public final class DistanceText {
    /** Below this a gap is the rounding of a sum, not a worse matching. */
    private static final double ROUNDING = 1e-9;

    private static final Comparator<ComparedPair> BY_MEAN = Comparator
            .comparingDouble(pair -> Objects.requireNonNull(pair.ceiling()).mean().mean());

    private final Comparison comparison;
    private final PrintWriter out;

    /** Prints a comparison. */
    public DistanceText(Comparison comparison, PrintWriter out) {
        this.comparison = comparison;
        this.out = out;
    }

    /** Prints it. */
    public void print() {
        printNetworks();
        printPairs();
        DistanceMatrix matrix = comparison.matrix();
        if (matrix != null && matrix.size() > 2) {
            printMatrix(matrix);
        }
        printSpreads();
        printCeilings();
        out.println("0: the same wiring; 1: no connection in common."
                + (comparison.method().outputNeurons() == OutputNeurons.PINNED
                        ? " Output neuron i was compared with output neuron i."
                        : " Output neurons were matched like all others."));
        out.println(certificate());
    }

    private void printNetworks() {
        TextTable list = new TextTable("network", "neurons", "connections", "directory");
        for (NamedNetwork network : comparison.networks().networks()) {
            list.add(network.label(), network.shape(),
                    String.format(Locale.ROOT, "%,d", network.topology().connections()),
                    network.directory().toString());
        }
        list.print(out);
        out.println();
    }

    private String[] header(String... first) {
        List<String> header = new ArrayList<>(List.of(first));
        for (int l = 0; l < comparison.depth(); l++) {
            header.add("layer " + l);
        }
        return header.toArray(String[]::new);
    }

    private void printPairs() {
        TextTable table = new TextTable(header("a", "b", "mean"));
        for (ComparedPair pair : comparison.pairs()) {
            List<String> row = new ArrayList<>(List.of(comparison.label(pair.a()), comparison.label(pair.b()),
                    number(pair.distance().mean())));
            pair.distance().layers().forEach(layer -> row.add(number(layer)));
            table.add(row.toArray(String[]::new));
        }
        table.print(out);
        out.println();
    }

    private void printMatrix(DistanceMatrix matrix) {
        List<String> header = new ArrayList<>(List.of("mean"));
        header.addAll(comparison.networks().labels());
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (int i = 0; i < matrix.size(); i++) {
            List<String> row = new ArrayList<>(List.of(comparison.label(i)));
            for (int j = 0; j < matrix.size(); j++) {
                row.add(number(matrix.distance(i, j)));
            }
            table.add(row.toArray(String[]::new));
        }
        table.print(out);
        out.println();
    }

    private void printSpreads() {
        TextTable table = new TextTable(header("a", "b", "mean"));
        for (ComparedPair pair : comparison.pairs()) {
            TieSpread spread = pair.spread();
            if (spread == null) {
                return;
            }
            List<String> row = new ArrayList<>(List.of(comparison.label(pair.a()), comparison.label(pair.b()),
                    range(spread.mean())));
            spread.layers().forEach(layer -> row.add(range(layer)));
            table.add(row.toArray(String[]::new));
        }
        table.print(out);
        out.printf("Least and largest distance over sampled matchings, layer by layer, that are equally good.%n%n");
    }

    private static String range(TieSpread.Range range) {
        return String.format(Locale.ROOT, "%.4f … %.4f", range.least(), range.largest());
    }

    private void printCeilings() {
        List<ComparedPair> ceilings = comparison.ceilings();
        if (ceilings.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(header("ceiling", "mean"));
        ComparedPair lowest = Collections.min(ceilings, BY_MEAN);
        ComparedPair highest = Collections.max(ceilings, BY_MEAN);
        if (ceilings.size() == 1) {
            table.add(row("of every pair", lowest));
        } else {
            table.add(row("lowest, of %s and %s".formatted(comparison.label(lowest.a()), comparison.label(lowest.b())),
                    lowest));
            table.add(row(
                    "highest, of %s and %s".formatted(comparison.label(highest.a()), comparison.label(highest.b())),
                    highest));
        }
        table.print(out);
        out.printf("What independent random topologies with as many connections score: the mean of %d pairs, and one "
                + "standard deviation of a pair.%n%n", Objects.requireNonNull(ceilings.get(0).ceiling()).samples());
    }

    private static String[] row(String title, ComparedPair pair) {
        DistanceCeiling ceiling = Objects.requireNonNull(pair.ceiling());
        List<String> row = new ArrayList<>(List.of(title, number(ceiling.mean())));
        ceiling.layers().forEach(layer -> row.add(number(layer)));
        return row.toArray(String[]::new);
    }

    private String certificate() {
        double largest = comparison.largestGap();
        String gap = largest == 0 ? "0" : String.format(Locale.ROOT, "%.1e", largest);
        return largest <= ROUNDING
                ? "Every matching is proven optimal (largest gap %s).".formatted(gap)
                : (comparison.method().refined()
                        ? "For the sake of the layers behind, no layer gives up more than %s."
                        : "Every matching is proven to be within %s of the best one.").formatted(gap);
    }

    private static String number(double distance) {
        return String.format(Locale.ROOT, "%.6f", distance);
    }

    private static String number(Estimate estimate) {
        return String.format(Locale.ROOT, "%.4f ± %.4f", estimate.mean(), estimate.deviation());
    }
}
