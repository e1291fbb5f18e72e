package dev.filigree.cli.train;

import dev.filigree.cli.run.RunSettings;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The options of {@code filigree train} as other commands write them. */
@Command(name = "train")
public final class TrainArguments {
    @Mixin
    private TrainOptions options = new TrainOptions();

    private TrainArguments() {}

    /**
     * The settings that options mean.
     *
     * @throws IllegalArgumentException if {@code filigree train} would not take them
     * @throws IOException if there is no such network to start from
     */
    public static RunSettings parse(List<String> arguments) throws IOException {
        TrainArguments target = new TrainArguments();
        CommandLine command = new CommandLine(target);
        try {
            command.parseArgs(arguments.toArray(String[]::new));
            return target.options.settings(command);
        } catch (ParameterException e) {
            throw new IllegalArgumentException("train %s: %s".formatted(String.join(" ", arguments), e.getMessage()),
                    e);
        }
    }
}
