package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.network.Activation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The activation of the hidden layers, as it is written in options and files: {@code relu}, {@code leaky-relu:0.01}.
 *
 * @param kind its form
 * @param slope for the kinds that have one, else 0
 */
public record ActivationChoice(Kind kind, float slope) {
    /** The names. */
    public enum Kind {
        /** {@code max(z, 0)}. */
        RELU(Float.NaN),
        /** A small slope for negative values. */
        LEAKY_RELU(0.01f),
        /** A slope that alternates its sign by layer; see {@link Activation#allRelu}. */
        ALL_RELU(0.6f),
        /** Hyperbolic tangent. */
        TANH(Float.NaN),
        /** Logistic function. */
        SIGMOID(Float.NaN),
        /** S-shaped, with parameters learned for every neuron; see {@link Activation#SRELU}. */
        SRELU(Float.NaN),
        /** The identity. */
        LINEAR(Float.NaN);

        /** Slope if none is written; NaN for kinds without one. */
        private final float defaultSlope;

        Kind(float defaultSlope) {
            this.defaultSlope = defaultSlope;
        }

        private boolean hasSlope() {
            return !Float.isNaN(defaultSlope);
        }

        private String usage() {
            return hasSlope() ? this + "[:slope]" : toString();
        }

        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /**
     * Reads {@code name} or {@code name:slope}.
     *
     * @throws IllegalArgumentException if there is no such activation, or it has no slope, or the slope is no number
     */
    @JsonCreator
    public static ActivationChoice parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        Kind kind = Arrays.stream(Kind.values()).filter(k -> k.toString().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of %s but was '%s'".formatted(usage(),
                        text)));
        if (colon < 0) {
            return new ActivationChoice(kind, kind.hasSlope() ? kind.defaultSlope : 0);
        }
        if (!kind.hasSlope()) {
            throw new IllegalArgumentException("%s has no slope; expected one of %s but was '%s'".formatted(kind,
                    usage(), text));
        }
        float slope;
        try {
            slope = Float.parseFloat(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            slope = Float.NaN;
        }
        if (!Float.isFinite(slope)) {
            throw new IllegalArgumentException("expected a number after the colon, as in %s:0.1, but was '%s'"
                    .formatted(kind, text));
        }
        return new ActivationChoice(kind, slope);
    }

    /** All that can be written, for help and errors. */
    public static String usage() {
        return Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", "));
    }

    /**
     * The engine's activation.
     *
     * @param layer 0 for the first hidden layer
     */
    public Activation ofLayer(int layer) {
        return switch (kind) {
            case RELU -> Activation.RELU;
            case LEAKY_RELU -> Activation.leakyRelu(slope);
            case ALL_RELU -> Activation.allRelu(slope, layer);
            case TANH -> Activation.TANH;
            case SIGMOID -> Activation.SIGMOID;
            case SRELU -> Activation.SRELU;
            case LINEAR -> Activation.LINEAR;
        };
    }

    @JsonValue
    @Override
    public String toString() {
        return kind.hasSlope() ? "%s:%s".formatted(kind, slope) : kind.toString();
    }
}
