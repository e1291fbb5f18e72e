package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.network.ActivationFormat;
import dev.filigree.network.Compute;
import org.jspecify.annotations.Nullable;

/**
 * How products are computed, where that changes the bits of the result.
 *
 * @param denseAbove density above which a sparse layer's products run on the dense backend; null to choose by the
 *     layer's shape
 * @param activations what sparse forward products read
 */
public record ComputeSettings(@Nullable Double denseAbove, Activations activations) {
    /** Float32, and a choice by each layer's shape; also what runs were before there was a choice. */
    public static final ComputeSettings DEFAULT = new ComputeSettings(null, Activations.FLOAT32);

    /** Formats of activations. */
    public enum Activations {
        /** {@link ActivationFormat#FLOAT32}. */
        FLOAT32(ActivationFormat.FLOAT32),
        /** {@link ActivationFormat#BFLOAT16}. */
        BF16(ActivationFormat.BFLOAT16);

        private final ActivationFormat format;

        Activations(ActivationFormat format) {
            this.format = format;
        }

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** As this, with dense products above another density. */
    public ComputeSettings denseAbove(double density) {
        return new ComputeSettings(density, activations);
    }

    /** In the engine's terms. */
    public Compute compute() {
        return Compute.best(denseAbove, activations.format);
    }
}
