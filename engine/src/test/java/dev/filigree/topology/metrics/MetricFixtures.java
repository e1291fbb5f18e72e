package dev.filigree.topology.metrics;

import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads what {@code make_fixtures.py} has written. */
public final class MetricFixtures {
    private MetricFixtures() {}

    /** The connections of {@code layer.csv}. */
    public static LayerTopology layer() throws IOException {
        List<List<Integer>> rows = new ArrayList<>();
        for (int output = 0; output < 40; output++) {
            rows.add(new ArrayList<>());
        }
        for (String line : lines("layer.csv")) {
            String[] cells = line.split(",");
            rows.get(Integer.parseInt(cells[0])).add(Integer.valueOf(cells[1]));
        }
        return LayerTopology.of(60,
                rows.stream().map(row -> row.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new));
    }

    /** The numbers of {@code degrees.csv}. */
    public static int[] degrees() throws IOException {
        return lines("degrees.csv").stream().mapToInt(Integer::parseInt).toArray();
    }

    /** What {@code expected.csv} says. */
    public static double expected(String name) throws IOException {
        for (String line : lines("expected.csv")) {
            if (line.startsWith(name + ",")) {
                return Double.parseDouble(line.substring(name.length() + 1));
            }
        }
        throw new IllegalArgumentException("no '%s' in expected.csv".formatted(name));
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(MetricFixtures.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
