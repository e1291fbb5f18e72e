package dev.filigree.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The {@code filigree} program. A new command is a class of its own, named in {@code subcommands} below.
 *
 * <p>A command returns nothing or its exit code, prints results on standard output and everything else on
 * standard error. It throws {@link CommandLine.ParameterException} when it was called wrongly (exit code 2) and
 * {@link IllegalArgumentException} or {@link java.io.IOException} with a message for the person when it fails
 * (exit code 1); see {@link ErrorReport}.
 */
@Command(name = "filigree", scope = ScopeType.INHERIT, mixinStandardHelpOptions = true, //
        versionProvider = VersionProvider.class, synopsisSubcommandLabel = "COMMAND", //
        description = "Trains truly sparse neural networks on ordinary CPUs and measures how their topologies differ.", //
        subcommands = {TrainCommand.class, EvaluateCommand.class, InspectCommand.class, DistanceCommand.class,
                BenchCommand.class, WorkloadsCommand.class, GrowthCommand.class, ExperimentCommand.class,
                DoctorCommand.class,
                HelpCommand.class}, //
        exitCodeListHeading = "%nExit codes:%n", //
        exitCodeList = {"0:done", "1:failed; one line on standard error says why", "2:called wrongly",
                "130:stopped by Ctrl-C", "143:stopped by SIGTERM"}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree train                       train a sparse network on Fashion-MNIST", //
                "  filigree bench                       from which density sparse layers pay here", //
                "  filigree doctor                      what this machine offers", //
                "  filigree help COMMAND                options and examples of a command", //
                "  filigree --blas-core Haswell COMMAND OpenBLAS as on that CPU"})
public final class Filigree {
    /** What the program returns when a command fails. */
    static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** What the program returns when it was called wrongly. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces.")
    private boolean debug;

    private Filigree() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... arguments) {
        Filigree program = new Filigree();
        CommandLine commandLine = new CommandLine(program);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        ErrorReport errors = new ErrorReport(commandLine.getErr(), () -> program.debug);
        commandLine.setParameterExceptionHandler(errors);
        commandLine.setExecutionExceptionHandler(errors);
        // What is no text in the locale of the process, the JVM has replaced.
        Optional<String> undecoded = Arrays.stream(arguments).filter(given -> given.indexOf('\uFFFD') >= 0).findFirst();
        if (undecoded.isPresent()) {
            return errors.handleParseException(new ParameterException(commandLine,
                    "'%s' holds bytes that are no text in this locale; give names in UTF-8, with a locale to match, such as "
                            .formatted(undecoded.get()) + "LC_ALL=C.UTF-8"),
                    arguments);
        }
        try {
            int exitCode = commandLine.execute(arguments);
            // Streams keep their failures to themselves.
            return System.out.checkError() && exitCode == 0
                    ? errors.handleExecutionException(
                            new IOException(
                                    "cannot write to standard output: the disk is full, or whoever read it has gone"),
                            commandLine, commandLine.getParseResult())
                    : exitCode;
        } catch (Error e) {
            return errors.handleError(e);
        }
    }
}
