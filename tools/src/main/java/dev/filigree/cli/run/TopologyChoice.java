package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.datasets.Dataset;
import dev.filigree.dense.DenseBackends;
import dev.filigree.topology.model.CorrelatedFeatures;
import dev.filigree.topology.model.FeatureCorrelations;
import dev.filigree.topology.model.ReceptiveField;
import dev.filigree.topology.model.ScaleFree;
import dev.filigree.topology.model.SmallWorld;
import dev.filigree.topology.model.TopologyModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the first connections of sparse layers are chosen, as it is written in options and files: {@code er},
 * {@code brf:0.1}.
 *
 * @param kind the model
 * @param randomness for the kinds that have one, in [0, 1], else 0
 */
public record TopologyChoice(Kind kind, double randomness) {
    /** The default. */
    public static final TopologyChoice ERDOS_RENYI = new TopologyChoice(Kind.ER, 0);

    /** The names. */
    public enum Kind {
        /** {@link dev.filigree.topology.ErdosRenyi}. */
        ER(null),
        /** {@link SmallWorld}, with beta. */
        BSW("beta"),
        /** {@link ReceptiveField}, with r. */
        BRF("r"),
        /** {@link ScaleFree}. */
        BSF(null),
        /** {@link CorrelatedFeatures}; a sparse output layer, whose neurons stand for classes, is Erdős–Rényi. */
        CSTI(null);

        /** Randomness if none is written. */
        private static final double DEFAULT = 0.1;

        private final @Nullable String parameter;

        Kind(@Nullable String parameter) {
            this.parameter = parameter;
        }

        private String usage() {
            return parameter == null ? toString() : "%s[:%s]".formatted(this, parameter);
        }

        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /**
     * Reads {@code name} or {@code name:randomness}.
     *
     * @throws IllegalArgumentException if there is no such model, or it has no parameter, or that is out of range
     */
    @JsonCreator
    public static TopologyChoice parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        Kind kind = Arrays.stream(Kind.values()).filter(k -> k.toString().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of %s but was '%s'".formatted(usage(),
                        text)));
        if (colon < 0) {
            return new TopologyChoice(kind, kind.parameter == null ? 0 : Kind.DEFAULT);
        }
        if (kind.parameter == null) {
            throw new IllegalArgumentException("%s has no parameter; expected one of %s but was '%s'".formatted(kind,
                    usage(), text));
        }
        double randomness;
        try {
            randomness = Double.parseDouble(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            randomness = Double.NaN;
        }
        if (!(randomness >= 0 && randomness <= 1)) {
            throw new IllegalArgumentException(
                    "expected a number from 0 to 1 after the colon, as in %s:0.1, but was '%s'".formatted(kind, text));
        }
        return new TopologyChoice(kind, randomness);
    }

    /** All that can be written, for help and errors. */
    public static String usage() {
        return Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", "));
    }

    /**
     * The engine's model of each layer.
     *
     * @param training the samples that the network will learn from
     * @param hiddenLayers number of layers before the output layer
     */
    public IntFunction<TopologyModel> models(Dataset training, int hiddenLayers) {
        TopologyModel model = switch (kind) {
            case ER -> TopologyModel.ERDOS_RENYI;
            case BSW -> new SmallWorld(randomness);
            case BRF -> new ReceptiveField(randomness);
            case BSF -> new ScaleFree();
            case CSTI -> new CorrelatedFeatures(new FeatureCorrelations(training.values(), training.samples(),
                    training.features(), DenseBackends.best()));
        };
        return layer -> kind == Kind.CSTI && layer >= hiddenLayers ? TopologyModel.ERDOS_RENYI : model;
    }

    @JsonValue
    @Override
    public String toString() {
        return kind.parameter == null ? kind.toString() : "%s:%s".formatted(kind, randomness);
    }
}
