package dev.filigree.cli.train;

import dev.filigree.cli.run.ScheduleChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --schedule}. */
final class ScheduleConverter implements ITypeConverter<ScheduleChoice> {
    @Override
    public ScheduleChoice convert(String value) {
        try {
            return ScheduleChoice.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
