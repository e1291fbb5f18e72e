package dev.filigree.cli.inspect;

import dev.filigree.cli.text.TextTable;
import dev.filigree.topology.metrics.LayerMeasures;
import dev.filigree.topology.metrics.degree.DegreeMetrics;
import dev.filigree.topology.metrics.degree.PowerLaw;
import dev.filigree.topology.metrics.spectrum.Spectrum;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link MetricsReport} as text. */
public final class MetricsText {
    private MetricsText() {}

    /** Prints the report. */
    public static void print(MetricsReport report, PrintWriter out) {
        TextTable change = new TextTable("epoch", "layer", "connections", "active", "explored", "overlap, previous",
                "first", "components", "largest", "log10 paths");
        TextTable spectra = new TextTable("epoch", "layer", "singular value, largest", "second", "gap",
                "Ramanujan bound", "difference");
        TextTable degrees = new TextTable("epoch", "layer", "connections per", "mean", "max", "hubs", "exponent",
                "from",
                "neurons", "distance", "p");
        for (MetricsRow row : report.rows()) {
            addChange(change, row);
            addSpectrum(spectra, row);
            addDegrees(degrees, row, "output (fan-in)", row.measures().fanIn());
            addDegrees(degrees, row, "input (fan-out)", row.measures().fanOut());
        }
        change.print(out);
        out.println();
        spectra.print(out);
        out.println();
        degrees.print(out);
        out.println();
        out.println(
                "Active: output neurons on a path from an input to an output. Explored: of all possible connections,");
        out.println(
                "those that were there in this or an earlier saved epoch. Overlap: connections of both epochs over those");
        out.println("of either. Paths: from the inputs of the network to the layer.");
        out.println(
                "Difference: Ramanujan bound less second value; not negative where the layer mixes as well as can be.");
        out.println(
                "Hubs: more connections than the mean and two standard deviations. Exponent to p: the power law that fits");
        out.println(
                "the numbers of connections best, from which number on, of how many neurons, its Kolmogorov–Smirnov");
        out.println(
                "distance, and the share of its own samples that lie as far away; at 0.1 or less it is no power law.");
    }

    private static void addChange(TextTable table, MetricsRow row) {
        LayerMeasures measures = row.measures();
        table.add(epoch(row), String.valueOf(row.layer()), format("%,d", measures.connections()),
                percent(measures.activeShare()), percent(measures.exploredShare()),
                measures.overlapPrevious() == null ? "-" : format("%.3f", measures.overlapPrevious()),
                format("%.3f", measures.overlapFirst()), format("%,d", measures.components().count()),
                format("%,d", measures.components().largest()),
                measures.paths().signum() == 0 ? "-" : format("%.2f", measures.log10Paths()));
    }

    private static void addSpectrum(TextTable table, MetricsRow row) {
        Spectrum spectrum = row.measures().spectrum();
        table.add(epoch(row), String.valueOf(row.layer()), format("%.3f", spectrum.largest()),
                format("%.3f", spectrum.second()), format("%.3f", spectrum.gap()), format("%.3f", spectrum.bound()),
                format("%.3f", spectrum.differenceOfBound()));
    }

    private static void addDegrees(TextTable table, MetricsRow row, String side, DegreeMetrics degrees) {
        PowerLaw law = degrees.powerLaw();
        table.add(epoch(row), String.valueOf(row.layer()), side, format("%.2f", degrees.mean()),
                format("%,d", degrees.max()), format("%,d", degrees.hubs()),
                law == null ? "-" : format("%.2f", law.exponent()),
                law == null ? "-" : format("%,d", law.smallest()), law == null ? "-" : format("%,d", law.tail()),
                law == null ? "-" : format("%.3f", law.distance()), law == null ? "-" : format("%.2f", law.pValue()));
    }

    private static String epoch(MetricsRow row) {
        @Nullable
        Integer epoch = row.epoch();
        return epoch == null ? "-" : String.valueOf(epoch);
    }

    private static String percent(double share) {
        return format("%.2f %%", 100 * share);
    }

    private static String format(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
