package dev.filigree.cli.bench;

import dev.filigree.bench.BreakEven;
import dev.filigree.bench.Ceiling;
import dev.filigree.bench.Pass;
import dev.filigree.bench.ShapeSweep;
import dev.filigree.bench.SweepPoint;
import dev.filigree.bench.roof.Roofs;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.Chart.Mark;
import dev.filigree.plot.chart.LogAxis;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The pictures of a report: time against density for each pass, and the roofline. */
public final class BenchPictures {
    private static final int GREY = 0x777777;

    private final BenchReport report;

    /** Draws a report. */
    public BenchPictures(BenchReport report) {
        this.report = report;
    }

    /** Writes each picture as SVG and PNG and returns the files. */
    public List<Path> write(Path directory) throws IOException {
        // Java2D would otherwise connect to a screen where DISPLAY is set, and fail if it cannot.
        System.setProperty("java.awt.headless", "true");
        List<Path> files = new ArrayList<>();
        for (Pass pass : Pass.values()) {
            files.addAll(time(pass).write(directory, "time-" + pass.name().toLowerCase(Locale.ROOT)));
        }
        files.addAll(roofline().write(directory, "roofline"));
        return files;
    }

    private Chart time(Pass pass) {
        List<SweepPoint> all = timed(pass, report.sweeps().stream().flatMap(sweep -> sweep.points().stream()).toList());
        LogAxis x = LogAxis.around("density (existing connections)", least(all, SweepPoint::density),
                most(all, SweepPoint::density), BenchPictures::percent);
        LogAxis y = LogAxis.around("time per batch",
                Math.min(least(all, point -> point.sparse(pass).median()),
                        least(all, point -> point.dense(pass).median())),
                Math.max(most(all, point -> point.sparse(pass).median()),
                        most(all, point -> point.dense(pass).median())),
                BenchPictures::seconds);
        Chart chart = new Chart("One layer, %s: sparse and dense".formatted(BenchText.name(pass)),
                subtitle(), x, y);
        for (ShapeSweep sweep : report.sweeps()) {
            int color = color(sweep);
            List<SweepPoint> points = timed(pass, sweep.points());
            if (points.isEmpty()) {
                continue;
            }
            chart.add(curve("sparse " + sweep.shape(), points, SweepPoint::density,
                    point -> point.sparse(pass).median(), color, Look.DOTS));
            chart.add(curve("%s %s".formatted(denseName(), sweep.shape()), points, SweepPoint::density,
                    point -> point.dense(pass).median(), color, Look.DASHES));
            BreakEven breakEven = sweep.breakEven(pass);
            if (breakEven.relation() == BreakEven.Relation.AT) {
                chart.add(new Mark(breakEven.density(), denseAt(points, pass, breakEven.density()),
                        breakEven.toString(), color));
            }
        }
        return chart;
    }

    /** The dense time between two points, on the line that is drawn. */
    private static double denseAt(List<SweepPoint> points, Pass pass, double density) {
        SweepPoint before = points.getFirst();
        for (SweepPoint point : points) {
            if (point.density() >= density && point.density() > before.density()) {
                double share = Math.log(density / before.density()) / Math.log(point.density() / before.density());
                double ratio = point.dense(pass).median() / before.dense(pass).median();
                return before.dense(pass).median() * Math.pow(ratio, share);
            }
            before = point;
        }
        return before.dense(pass).median();
    }

    private Chart roofline() {
        Roofs roofs = report.roofs();
        List<Curve> measured = new ArrayList<>();
        for (ShapeSweep sweep : report.sweeps()) {
            for (Pass pass : List.of(Pass.FORWARD, Pass.BACKWARD)) {
                List<SweepPoint> points = timed(pass, sweep.points());
                if (points.isEmpty()) {
                    continue;
                }
                measured.add(curve("%s %s".formatted(sweep.shape(), BenchText.name(pass)), points,
                        point -> intensity(sweep, point, pass), point -> point.gflops(pass),
                        color(sweep), pass == Pass.FORWARD ? Look.DOTS : Look.RINGS));
            }
        }
        double leftmost = measured.stream().mapToDouble(curve -> curve.x()[0]).min().orElse(0.1) / 2.5;
        double lowest = measured.stream().mapToDouble(curve -> Arrays.stream(curve.y()).min().orElse(1))
                .min().orElse(1) / 1.5;
        double slowest = roofs.reads().stream().mapToDouble(Roofs.Read::gigabytesPerSecond).min().orElse(1);
        double rightmost = 2 * roofs.fmaGflops() / slowest;
        Chart chart = new Chart("Roofline: sparse products and what the machine can do",
                subtitle() + "; density rises from left to right on each curve",
                new LogAxis("arithmetic intensity, flop per byte", leftmost, rightmost, BenchPictures::plain),
                new LogAxis("GFLOP/s on existing connections", lowest, 1.6 * roofs.fmaGflops(), BenchPictures::plain));
        chart.add(new Curve(null,
                String.format(Locale.ROOT, "multiply-adds in registers, %.0f GFLOP/s", roofs.fmaGflops()),
                new double[]{leftmost, rightmost}, new double[]{roofs.fmaGflops(), roofs.fmaGflops()}, GREY,
                Look.LINE));
        for (Roofs.Read read : roofs.reads()) {
            chart.add(roof(null,
                    String.format(Locale.ROOT, "%s %.0f GB/s", read.level(), read.gigabytesPerSecond()),
                    read.gigabytesPerSecond(), leftmost, lowest, GREY, Look.LINE));
        }
        for (ShapeSweep sweep : report.sweeps()) {
            Roofs.Gather gather = roofs.gather(sweep.shape().inputs());
            chart.add(roof(
                    String.format(Locale.ROOT, "gather %,d rows, %.0f GB/s", gather.neurons(),
                            gather.gigabytesPerSecond()),
                    null, gather.gigabytesPerSecond(), leftmost, lowest, color(sweep), Look.DASHES));
        }
        measured.forEach(chart::add);
        return chart;
    }

    /** The line of a bandwidth, from the lower left up to the roof of the arithmetic. */
    private Curve roof(@Nullable String name,
            @Nullable String along, double gigabytes, double leftmost, double lowest,
            int color, Look look) {
        double from = Math.max(leftmost, lowest / gigabytes);
        double to = report.roofs().fmaGflops() / gigabytes;
        return new Curve(name, along, new double[]{from, to}, new double[]{from * gigabytes, to * gigabytes}, color,
                look);
    }

    private int color(ShapeSweep sweep) {
        return Palette.distinct(report.sweeps().indexOf(sweep), report.sweeps().size());
    }

    private double intensity(ShapeSweep sweep, SweepPoint point, Pass pass) {
        return Ceiling.of(report.roofs(), sweep.shape(), point.connections(), report.tileLanes(), pass).intensity();
    }

    private String subtitle() {
        return "%s, %s, batch %d".formatted(report.machine().cpu(), BenchText.threads(report.settings().threads()),
                report.settings().batch());
    }

    private String denseName() {
        return report.machine().dense().startsWith("OpenBLAS") ? "OpenBLAS" : "plain Java";
    }

    private static Curve curve(String name, List<SweepPoint> points, ToDoubleFunction<SweepPoint> x,
            ToDoubleFunction<SweepPoint> y, int color, Look look) {
        return new Curve(name, null, points.stream().mapToDouble(x).toArray(),
                points.stream().mapToDouble(y).toArray(), color, look);
    }

    /** A logarithm has no place for what took no time. */
    private static List<SweepPoint> timed(Pass pass, List<SweepPoint> points) {
        return points.stream().filter(point -> point.sparse(pass).median() > 0 && point.dense(pass).median() > 0)
                .toList();
    }

    private static double least(List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
        return points.stream().mapToDouble(value).min().orElse(1);
    }

    private static double most(List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
        return points.stream().mapToDouble(value).max().orElse(1);
    }

    private static String percent(double density) {
        return plain(100 * density) + " %";
    }

    private static String seconds(double seconds) {
        return seconds < 0.9e-3
                ? plain(seconds * 1e6) + " µs"
                : seconds < 0.9 ? plain(seconds * 1e3) + " ms" : plain(seconds) + " s";
    }

    /** Without trailing zeros: ticks are round. */
    private static String plain(double value) {
        return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros()
                .toPlainString();
    }
}
