package dev.filigree.cli.distance.report;

import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.DistanceCeiling.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distances as tables for other programs. */
public final class DistanceTables {
    /** What the mean over the layers is called where layers have numbers. */
    static final String MEAN = "mean";

    private DistanceTables() {}

    /**
     * {@code a,b,layer,distance} and, if there are ceilings, {@code ceiling,ceiling_deviation}: one row per pair and
     * layer, and one with the layer {@code mean}.
     */
    public static CsvFile pairs(Comparison comparison) {
        List<Object> header = new ArrayList<>(List.of("a", "b", "layer", "distance"));
        if (!comparison.ceilings().isEmpty()) {
            header.addAll(List.of("ceiling", "ceiling_deviation"));
        }
        CsvFile csv = new CsvFile(header.toArray());
        for (ComparedPair pair : comparison.pairs()) {
            DistanceCeiling ceiling = pair.ceiling();
            for (int l = 0; l < comparison.depth(); l++) {
                add(csv, comparison, pair, l, pair.distance().layers().get(l),
                        ceiling == null ? null : ceiling.layers().get(l));
            }
            add(csv, comparison, pair, MEAN, pair.distance().mean(), ceiling == null ? null : ceiling.mean());
        }
        return csv;
    }

    private static void add(CsvFile csv, Comparison comparison, ComparedPair pair, Object layer, double distance,
            @Nullable Estimate ceiling) {
        List<Object> row = new ArrayList<>(
                List.of(comparison.label(pair.a()), comparison.label(pair.b()), layer, distance));
        if (ceiling != null) {
            row.addAll(List.of(ceiling.mean(), ceiling.deviation()));
        }
        csv.add(row.toArray());
    }

    /** A matrix with its labels above and on the left. */
    static CsvFile matrix(List<String> labels, double[][] values) {
        List<Object> header = new ArrayList<>(List.of("network"));
        header.addAll(labels);
        CsvFile csv = new CsvFile(header.toArray());
        for (int i = 0; i < values.length; i++) {
            List<Object> row = new ArrayList<>(List.of(labels.get(i)));
            for (double value : values[i]) {
                row.add(value);
            }
            csv.add(row.toArray());
        }
        return csv;
    }
}
