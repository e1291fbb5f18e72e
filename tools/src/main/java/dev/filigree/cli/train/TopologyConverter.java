package dev.filigree.cli.train;

import dev.filigree.cli.run.TopologyChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --topology-model}. */
final class TopologyConverter implements ITypeConverter<TopologyChoice> {
    @Override
    public TopologyChoice convert(String value) {
        try {
            return TopologyChoice.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
