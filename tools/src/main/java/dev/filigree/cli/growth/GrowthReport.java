package dev.filigree.cli.growth;

import dev.filigree.bench.growth.GrowthPoint;
import dev.filigree.cli.text.TextTable;
import dev.filigree.io.AtomicFiles;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LogAxis;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measurements as text, table and pictures.
 *
 * @param title what was compared
 * @param points in the order of their sizes
 */
public record GrowthReport(String title, List<GrowthPoint> points) {
    private static final double MEBI = 1 << 20;

    /** Copies the list. */
    public GrowthReport {
        points = List.copyOf(points);
    }

    /** Prints one line per comparison. */
    public void print(PrintWriter out) {
        out.println(title);
        TextTable table = new TextTable("neurons", "layers", "pairs", "costs s", "matching s", "distance",
                "proven within",
                "costs MB");
        for (GrowthPoint point : points) {
            table.add("%,d".formatted(point.neurons()), kind(point.related()), "%,d".formatted(point.storedPairs()),
                    format("%.4f", point.costSeconds()), format("%.4f", point.solveSeconds()),
                    format("%.6f", point.distance()), point.gap() == 0 ? "0" : format("%.1e", point.gap()),
                    format("%,.1f", point.offHeapBytes() / MEBI));
        }
        table.print(out);
    }

    /** Writes {@code growth.csv} and the pictures {@code growth-time} and {@code growth-memory}, as SVG and PNG. */
    public List<Path> write(Path directory) throws IOException {
        Path csv = directory.resolve("growth.csv");
        AtomicFiles.write(csv, out -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                writer.write("neurons,layers,stored_pairs,cost_seconds,solve_seconds,distance,gap,off_heap_bytes\n");
                for (GrowthPoint point : points) {
                    writer.write("%d,%s,%d,%s,%s,%s,%s,%d%n".formatted(point.neurons(), kind(point.related()),
                            point.storedPairs(), point.costSeconds(), point.solveSeconds(), point.distance(),
                            point.gap(), point.offHeapBytes()));
                }
            }
        });
        List<Path> files = new ArrayList<>(List.of(csv));
        files.addAll(chart("time", "seconds on this machine", point -> point.costSeconds() + point.solveSeconds())
                .write(directory, "growth-time"));
        files.addAll(chart("memory", "megabytes of costs", point -> point.offHeapBytes() / MEBI).write(directory,
                "growth-memory"));
        return files;
    }

    private Chart chart(String what, String unit, ToDoubleFunction<GrowthPoint> value) {
        LogAxis x = LogAxis.around("neurons per layer", least(GrowthPoint::neurons), most(GrowthPoint::neurons),
                neurons -> String.format(Locale.ROOT, "%,.0f", neurons));
        LogAxis y = LogAxis.around(unit, least(value), most(value), GrowthReport::number);
        Chart chart = new Chart("Distance of two layers: " + what, title, x, y);
        for (boolean related : new boolean[]{true, false}) {
            List<GrowthPoint> curve = points.stream().filter(point -> point.related() == related).toList();
            if (!curve.isEmpty()) {
                chart.add(new Curve(related ? "related layers, exact" : "unrelated layers, within the tolerance", null,
                        curve.stream().mapToDouble(GrowthPoint::neurons).toArray(),
                        curve.stream().mapToDouble(value).toArray(), Palette.distinct(related ? 0 : 1, 2), Look.DOTS));
            }
        }
        return chart;
    }

    private double least(ToDoubleFunction<GrowthPoint> value) {
        return points.stream().mapToDouble(value).min().orElseThrow();
    }

    private double most(ToDoubleFunction<GrowthPoint> value) {
        return points.stream().mapToDouble(value).max().orElseThrow();
    }

    private static String kind(boolean related) {
        return related ? "related" : "unrelated";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(2)).stripTrailingZeros()
                .toPlainString();
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
