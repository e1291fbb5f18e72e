package dev.filigree.cli.distance;

import dev.filigree.cli.text.TextTable;
import dev.filigree.distance.DistanceMatrix;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The distances of compared networks as text, CSV and JSON.
 *
 * @param networks in the order of the matrix
 * @param outputNeurons how the last layer was compared
 */
public record DistanceReport(ComparedNetworks networks, DistanceMatrix matrix, OutputNeurons outputNeurons) {
    /** Below this a gap is the rounding of a sum, not a worse matching. */
    private static final double ROUNDING = 1e-9;

    /** A pair of networks, by position; {@code b} was renamed into {@code a}. */
    private record Pair(int a, int b) {}

    /** Prints every pair, the matrix if there are more than two networks, and how good the matchings are. */
    public void printText(PrintWriter out) {
        List<String> labels = networks.labels();
        TextTable list = new TextTable("network", "neurons", "connections", "directory");
        for (NamedNetwork network : networks.networks()) {
            list.add(network.label(), network.shape(),
                    String.format(Locale.ROOT, "%,d", network.topology().connections()),
                    network.directory().toString());
        }
        list.print(out);
        out.println();
        List<String> header = new ArrayList<>(List.of("a", "b", "mean"));
        for (int l = 0; l < matrix.depth(); l++) {
            header.add("layer " + l);
        }
        TextTable distances = new TextTable(header.toArray(String[]::new));
        for (Pair pair : pairs()) {
            List<String> row = new ArrayList<>(List.of(labels.get(pair.a()), labels.get(pair.b()),
                    number(matrix.distance(pair.a(), pair.b()))));
            for (int l = 0; l < matrix.depth(); l++) {
                row.add(number(matrix.layerDistance(l, pair.a(), pair.b())));
            }
            distances.add(row.toArray(String[]::new));
        }
        distances.print(out);
        if (matrix.size() > 2) {
            out.println();
            printMatrix(out, labels);
        }
        out.println();
        out.println("0: the same wiring; 1: no connection in common."
                + (outputNeurons == OutputNeurons.PINNED
                        ? " Output neuron i was compared with output neuron i."
                        : " Output neurons were matched like all others."));
        out.println(certificate());
    }

    private void printMatrix(PrintWriter out, List<String> labels) {
        List<String> header = new ArrayList<>(List.of("mean"));
        header.addAll(labels);
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (int i = 0; i < matrix.size(); i++) {
            List<String> row = new ArrayList<>(List.of(labels.get(i)));
            for (int j = 0; j < matrix.size(); j++) {
                row.add(number(matrix.distance(i, j)));
            }
            table.add(row.toArray(String[]::new));
        }
        table.print(out);
    }

    private String certificate() {
        String gap = matrix.largestGap() == 0 ? "0" : String.format(Locale.ROOT, "%.1e", matrix.largestGap());
        return matrix.largestGap() <= ROUNDING
                ? "Every matching is proven optimal (largest gap %s).".formatted(gap)
                : "Every matching is proven to be within %s of the best one.".formatted(gap);
    }

    private static String number(double distance) {
        return String.format(Locale.ROOT, "%.6f", distance);
    }

    /** Writes {@code a,b,layer,distance}: one line per pair and layer and one with the layer {@code mean}. */
    public void writeCsv(Path file) throws IOException {
        AtomicFiles.write(file, out -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                writer.write("a,b,layer,distance\n");
                for (Pair pair : pairs()) {
                    String start = csvField(networks.labels().get(pair.a())) + ","
                            + csvField(networks.labels().get(pair.b())) + ",";
                    for (int l = 0; l < matrix.depth(); l++) {
                        writer.write(start + l + "," + matrix.layerDistance(l, pair.a(), pair.b()) + "\n");
                    }
                    writer.write(start + "mean," + matrix.distance(pair.a(), pair.b()) + "\n");
                }
            }
        });
    }

    /** Quotes as RFC 4180 asks. */
    private static String csvField(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** What {@code --json} prints, for Jackson. */
    public Map<String, Object> toJson() {
        List<Map<String, @Nullable Object>> networkList = new ArrayList<>();
        for (NamedNetwork network : networks.networks()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("label", network.label());
            entry.put("directory", network.directory().toString());
            entry.put("epoch", network.epoch());
            entry.put("shape", network.shape());
            entry.put("connections", network.topology().connections());
            networkList.add(entry);
        }
        List<Map<String, Object>> pairList = new ArrayList<>();
        for (Pair pair : pairs()) {
            List<Double> layers = new ArrayList<>();
            for (int l = 0; l < matrix.depth(); l++) {
                layers.add(matrix.layerDistance(l, pair.a(), pair.b()));
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("a", networks.labels().get(pair.a()));
            entry.put("b", networks.labels().get(pair.b()));
            entry.put("mean", matrix.distance(pair.a(), pair.b()));
            entry.put("layers", layers);
            pairList.add(entry);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("output", outputNeurons.name().toLowerCase(Locale.ROOT));
        json.put("networks", networkList);
        json.put("pairs", pairList);
        json.put("matrix", matrix.toArray());
        json.put("largestGap", matrix.largestGap());
        return json;
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < matrix.size(); a++) {
            for (int b = a + 1; b < matrix.size(); b++) {
                pairs.add(new Pair(a, b));
            }
        }
        return pairs;
    }
}
