package dev.filigree.cli.inspect;

import dev.filigree.topology.metrics.LayerMeasures;
import dev.filigree.topology.metrics.degree.DegreeMetrics;
import dev.filigree.topology.metrics.degree.PowerLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of the topology metrics, as files name it.
 *
 * @param name lower case, words joined with underscores
 * @param value of a row; null where there is none
 */
public record MetricsColumn(String name, Function<MetricsRow, @Nullable Object> value) {
    /**
     * All columns: {@code epoch} and {@code layer}; its shape and connections; for fan-in and fan-out the mean, the
     * largest, the number of hubs and the power law that fits best (exponent, smallest number it holds from, neurons with
     * as many or more, Kolmogorov–Smirnov distance, p-value); {@code dead_neurons}; {@code active_share} of the output
     * neurons; {@code explored_share} of all possible connections; {@code overlap_previous} and {@code overlap_first},
     * Jaccard indices; the singular values and what follows from them; the connected components;
     * {@code log10_paths} from the inputs to the layer.
     *
     * @see LayerMeasures
     */
    public static final List<MetricsColumn> ALL = all();

    private static List<MetricsColumn> all() {
        List<MetricsColumn> columns = new ArrayList<>();
        columns.add(new MetricsColumn("epoch", MetricsRow::epoch));
        columns.add(new MetricsColumn("layer", MetricsRow::layer));
        add(columns, "inputs", LayerMeasures::inputs);
        add(columns, "outputs", LayerMeasures::outputs);
        add(columns, "connections", LayerMeasures::connections);
        add(columns, "density", LayerMeasures::density);
        addDegrees(columns, "fan_in", LayerMeasures::fanIn);
        addDegrees(columns, "fan_out", LayerMeasures::fanOut);
        add(columns, "dead_neurons", LayerMeasures::deadNeurons);
        add(columns, "active_share", LayerMeasures::activeShare);
        add(columns, "explored_share", LayerMeasures::exploredShare);
        add(columns, "overlap_previous", LayerMeasures::overlapPrevious);
        add(columns, "overlap_first", LayerMeasures::overlapFirst);
        add(columns, "largest_singular_value", measures -> measures.spectrum().largest());
        add(columns, "second_singular_value", measures -> measures.spectrum().second());
        add(columns, "spectral_gap", measures -> measures.spectrum().gap());
        add(columns, "ramanujan_bound", measures -> measures.spectrum().bound());
        add(columns, "difference_of_bound", measures -> measures.spectrum().differenceOfBound());
        add(columns, "components", measures -> measures.components().count());
        add(columns, "largest_component", measures -> measures.components().largest());
        add(columns, "log10_paths", measures -> measures.paths().signum() == 0 ? null : measures.log10Paths());
        return List.copyOf(columns);
    }

    private static void addDegrees(List<MetricsColumn> columns, String side,
            Function<LayerMeasures, DegreeMetrics> degrees) {
        add(columns, side + "_mean", measures -> degrees.apply(measures).mean());
        add(columns, side + "_max", measures -> degrees.apply(measures).max());
        add(columns, side + "_hubs", measures -> degrees.apply(measures).hubs());
        addPowerLaw(columns, side + "_exponent", degrees, PowerLaw::exponent);
        addPowerLaw(columns, side + "_smallest", degrees, PowerLaw::smallest);
        addPowerLaw(columns, side + "_tail", degrees, PowerLaw::tail);
        addPowerLaw(columns, side + "_ks_distance", degrees, PowerLaw::distance);
        addPowerLaw(columns, side + "_p_value", degrees, PowerLaw::pValue);
    }

    private static void addPowerLaw(List<MetricsColumn> columns, String name,
            Function<LayerMeasures, DegreeMetrics> degrees, Function<PowerLaw, Object> value) {
        add(columns, name, measures -> {
            PowerLaw law = degrees.apply(measures).powerLaw();
            return law == null ? null : value.apply(law);
        });
    }

    private static void add(List<MetricsColumn> columns, String name,
            Function<LayerMeasures, @Nullable Object> value) {
        columns.add(new MetricsColumn(name, row -> value.apply(row.measures())));
    }
}
