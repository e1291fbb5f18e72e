package dev.filigree.cli.distance.report;

import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.NamedNetwork;
import dev.filigree.distance.pairs.DistanceCeiling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code --json} prints, for Jackson. */
public final class DistanceJson {
    private DistanceJson() {}

    /** Everything that was found; {@code matrix} is null unless all pairs were compared. */
    public static Map<String, @Nullable Object> of(Comparison comparison) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("output", comparison.method().outputNeurons().name().toLowerCase(Locale.ROOT));
        json.put("refined", comparison.method().refined());
        json.put("tolerance", comparison.method().tolerance());
        json.put("against", comparison.against().name().toLowerCase(Locale.ROOT));
        json.put("networks", comparison.networks().networks().stream().map(DistanceJson::network).toList());
        json.put("pairs", comparison.pairs().stream().map(pair -> pair(comparison, pair)).toList());
        json.put("matrix", comparison.matrix() == null ? null : comparison.matrix().toArray());
        json.put("largestGap", comparison.largestGap());
        return json;
    }

    private static Map<String, @Nullable Object> network(NamedNetwork network) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("label", network.label());
        entry.put("directory", network.directory().toString());
        entry.put("epoch", network.epoch());
        entry.put("shape", network.shape());
        entry.put("connections", network.topology().connections());
        return entry;
    }

    private static Map<String, Object> pair(Comparison comparison, ComparedPair pair) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("a", comparison.label(pair.a()));
        entry.put("b", comparison.label(pair.b()));
        entry.put("mean", pair.distance().mean());
        entry.put("layers", pair.distance().layers());
        if (pair.spread() != null) {
            entry.put("spread", pair.spread());
        }
        DistanceCeiling ceiling = pair.ceiling();
        if (ceiling != null) {
            List<Object> layers = new ArrayList<>(ceiling.layers());
            entry.put("ceiling", Map.of("mean", ceiling.mean(), "layers", layers, "samples", ceiling.samples()));
        }
        return entry;
    }
}
