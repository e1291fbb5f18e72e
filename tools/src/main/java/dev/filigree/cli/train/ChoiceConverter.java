package dev.filigree.cli.train;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant by the name that it prints; picocli's own errors show the names of the code too. */
abstract class ChoiceConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> choices;

    ChoiceConverter(E[] choices) {
        this.choices = List.of(choices);
    }

    @Override
    public final E convert(String value) {
        return choices.stream().filter(choice -> choice.toString().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of %s but was '%s'".formatted(
                        choices.stream().map(Enum::toString).collect(Collectors.joining(", ")), value)));
    }
}
