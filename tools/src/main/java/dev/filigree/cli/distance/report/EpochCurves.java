package dev.filigree.cli.distance.report;

import dev.filigree.cli.distance.Against;
import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.NamedNetwork;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** How distances grow over the epochs of runs: within each run, or between runs. */
final class EpochCurves {
    private static final int GREY = 0x666666;
    private static final int FAINT_INK = 0x8fa8c8;
    private static final int MOST_DISTINCT = 8;

    private final Comparison comparison;
    private final Against kind;
    /** Per run or pair of runs, what was found at each epoch. */
    private final Map<String, SortedMap<Integer, ComparedPair>> curves = new LinkedHashMap<>();

    EpochCurves(Comparison comparison, Against kind) {
        this.comparison = comparison;
        this.kind = kind;
        List<NamedNetwork> networks = comparison.networks().networks();
        for (Against.Positions positions : kind.pairs(networks)) {
            comparison.pair(positions.a(), positions.b()).ifPresent(pair -> {
                NamedNetwork a = networks.get(positions.a());
                NamedNetwork b = networks.get(positions.b());
                String name = kind == Against.RUNS ? a.runLabel() + " – " + b.runLabel() : b.runLabel();
                curves.computeIfAbsent(name, key -> new TreeMap<>()).put(Objects.requireNonNull(b.epoch()), pair);
            });
        }
    }

    /** Whether there is something to see: two epochs or more. */
    boolean canBeDrawn() {
        return curves.values().stream().anyMatch(curve -> curve.size() > 1);
    }

    /** The name of its files. */
    String name() {
        return switch (kind) {
            case FIRST -> "from-first";
            case PREVIOUS -> "from-previous";
            case RUNS -> "between-runs";
            case ALL -> throw new IllegalStateException("all pairs are no curve");
        };
    }

    private String title() {
        return switch (kind) {
            case FIRST -> "Distance from the first epoch";
            case PREVIOUS -> "Distance from the epoch before";
            case RUNS -> "Distance between runs at the same epoch";
            case ALL -> throw new IllegalStateException("all pairs are no curve");
        };
    }

    /** {@code curve,epoch,layer,distance,ceiling}; the ceiling is empty if there is none. */
    CsvFile table() {
        CsvFile csv = new CsvFile("curve", "epoch", "layer", "distance", "ceiling");
        curves.forEach((name, points) -> points.forEach((epoch, pair) -> {
            DistanceCeiling ceiling = pair.ceiling();
            for (int l = 0; l < comparison.depth(); l++) {
                csv.add(name, epoch, l, pair.distance().layers().get(l),
                        ceiling == null ? "" : ceiling.layers().get(l).mean());
            }
            csv.add(name, epoch, DistanceTables.MEAN, pair.distance().mean(),
                    ceiling == null ? "" : ceiling.mean().mean());
        }));
        return csv;
    }

    Chart chart(boolean fixedScale) {
        List<Integer> epochs = curves.values().stream().flatMap(points -> points.keySet().stream()).toList();
        int first = Collections.min(epochs);
        int last = Collections.max(epochs);
        List<Curve> lines = lines();
        lines.addAll(ceilings());
        double top = fixedScale
                ? 1
                : lines.stream().flatMapToDouble(line -> DoubleStream.of(line.y())).max().orElse(1);
        String which = curves.size() == 1 ? curves.keySet().iterator().next() + ", " : "";
        Chart chart = new Chart(title(), which + DistancePictures.meanOf(comparison.depth()),
                LinearAxis.aroundWhole("epoch", first, last), LinearAxis.fromZero("distance (NNSTD)", top));
        lines.forEach(chart::add);
        return chart;
    }

    /** One line if that stands for all, otherwise one for each curve. */
    private List<Curve> ceilings() {
        List<Curve> lines = new ArrayList<>();
        boolean common = comparison.commonCeiling().isPresent();
        for (SortedMap<Integer, ComparedPair> points : curves.values()) {
            SortedMap<Integer, ComparedPair> known = new TreeMap<>(points);
            known.values().removeIf(pair -> pair.ceiling() == null);
            if (!known.isEmpty() && (lines.isEmpty() || !common)) {
                Curve line = line(null, known, pair -> Objects.requireNonNull(pair.ceiling()).mean().mean(), GREY,
                        Look.DASHES);
                lines.add(new Curve(null, lines.isEmpty() ? DistancePictures.CEILING : null, line.x(), line.y(), GREY,
                        Look.DASHES));
            }
        }
        return lines;
    }

    /** The layers of a single curve; the curves if there are several, faint around their mean if there are many. */
    private List<Curve> lines() {
        List<Curve> lines = new ArrayList<>();
        if (curves.size() == 1) {
            SortedMap<Integer, ComparedPair> points = curves.values().iterator().next();
            for (int l = 0; comparison.depth() > 1 && l < comparison.depth(); l++) {
                int layer = l;
                lines.add(line("layer " + l, points, pair -> pair.distance().layers().get(layer),
                        Palette.distinct(l, comparison.depth()), Look.LINE));
            }
            lines.add(line(comparison.depth() > 1 ? "mean" : null, points, pair -> pair.distance().mean(), 0x222222,
                    Look.DOTS));
            return lines;
        }
        boolean many = curves.size() > MOST_DISTINCT;
        curves.forEach((name, points) -> lines.add(line(many ? null : name, points, pair -> pair.distance().mean(),
                many ? FAINT_INK : Palette.distinct(lines.size(), curves.size()), many ? Look.FAINT : Look.DOTS)));
        if (many) {
            lines.add(meanOfCurves());
        }
        return lines;
    }

    private static Curve line(@Nullable String name, SortedMap<Integer, ComparedPair> points,
            ToDoubleFunction<ComparedPair> value, int color, Look look) {
        return new Curve(name, null, points.keySet().stream().mapToDouble(epoch -> epoch).toArray(),
                points.values().stream().mapToDouble(value).toArray(), color, look);
    }

    private Curve meanOfCurves() {
        TreeMap<Integer, DoubleStream.Builder> byEpoch = new TreeMap<>();
        curves.values().forEach(points -> points.forEach((epoch, pair) -> byEpoch
                .computeIfAbsent(epoch, key -> DoubleStream.builder()).add(pair.distance().mean())));
        double[] x = byEpoch.keySet().stream().mapToDouble(epoch -> epoch).toArray();
        double[] y = byEpoch.values().stream().mapToDouble(values -> values.build().average().orElseThrow()).toArray();
        return new Curve("mean of %d".formatted(curves.size()), null, x, y, Palette.distinct(0, 1), Look.DOTS);
    }
}
