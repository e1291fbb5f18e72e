package dev.filigree.network;

import dev.filigree.memory.FloatArray;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of one kind, with what the optimizer remembers of each. Owns the arrays: closing it closes them.
 *
 * @param values the parameters
 * @param firstMoment SGD's velocity or Adam's first moment, one per parameter
 * @param secondMoment Adam's, one per parameter; null where they are not kept
 */
public record LearnedValues(FloatArray values, FloatArray firstMoment, @Nullable FloatArray secondMoment)
        implements
            AutoCloseable {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if there is not one moment of each kind per parameter
     */
    public LearnedValues {
        if (firstMoment.length() != values.length()
                || (secondMoment != null && secondMoment.length() != values.length())) {
            throw new IllegalArgumentException("%s with %s and %s, expected as many of each".formatted(values,
                    firstMoment, secondMoment));
        }
    }

    @Override
    public void close() {
        values.close();
        firstMoment.close();
        if (secondMoment != null) {
            secondMoment.close();
        }
    }
}
