package dev.filigree.cli.train;

import dev.filigree.cli.run.ActivationChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --activation}. */
final class ActivationConverter implements ITypeConverter<ActivationChoice> {
    @Override
    public ActivationChoice convert(String value) {
        try {
            return ActivationChoice.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
