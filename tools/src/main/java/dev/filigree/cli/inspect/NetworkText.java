package dev.filigree.cli.inspect;

import dev.filigree.cli.text.TextTable;
import dev.filigree.topology.FanDistribution;
import dev.filigree.topology.LayerMetrics;
import java.io.PrintWriter;
import java.util.Locale;

/** A {@link NetworkReport} as text. */
public final class NetworkText {
    private NetworkText() {}

    /** Prints the report. */
    public static void print(NetworkReport report, PrintWriter out) {
        out.printf("Network  %s%n", report.network());
        out.printf("         %s connections, %s of dense%n%n", count(report.connections()), percent(report.density()));
        TextTable layers = new TextTable("layer", "shape", "connections", "density", "products", "bytes/connection",
                "in training",
                "on disk", "dead neurons");
        for (int l = 0; l < report.layers().size(); l++) {
            NetworkReport.LayerReport layer = report.layers().get(l);
            LayerMetrics structure = layer.structure();
            layers.add(String.valueOf(l), structure.inputs() + " → " + structure.outputs(),
                    count(structure.connections()), percent(structure.density()), layer.products(),
                    format("%.1f", layer.trainingBytesPerConnection()), megabytes(layer.trainingBytes()),
                    megabytes(layer.fileBytes()),
                    l < report.deadNeurons().size() ? count(report.deadNeurons().get(l)) : "-");
        }
        layers.print(out);
        out.println();
        TextTable fans = new TextTable("layer", "connections per", "min", "25 %", "median", "75 %", "max", "mean",
                "without any");
        for (int l = 0; l < report.layers().size(); l++) {
            LayerMetrics structure = report.layers().get(l).structure();
            addFans(fans, l, "output (fan-in)", structure.fanIn());
            addFans(fans, l, "input (fan-out)", structure.fanOut());
        }
        fans.print(out);
        out.println();
        out.println("Dead neurons: of the layer's outputs, those with no incoming or no outgoing connections.");
        out.println("In training: connections, weights, momentum, biases and working memory.");
        out.println(
                "Products: sparse; blocked: sparse, over blocks of neurons that stay in the L1 cache; or dense, over a full "
                        + "matrix with zeros between. Whichever is fastest at this shape and density.");
    }

    private static void addFans(TextTable table, int layer, String side, FanDistribution fans) {
        table.add(String.valueOf(layer), side, count(fans.min()), count(fans.lowerQuartile()), count(fans.median()),
                count(fans.upperQuartile()), count(fans.max()), format("%.2f", fans.mean()),
                count(fans.unconnected()));
    }

    private static String count(long number) {
        return format("%,d", number);
    }

    private static String percent(double share) {
        return format("%.2f %%", 100 * share);
    }

    private static String megabytes(long bytes) {
        return bytes < 100_000 ? format("%.1f kB", bytes / 1e3) : format("%.1f MB", bytes / 1e6);
    }

    private static String format(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
