package dev.filigree.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one line for the person, {@code filigree: …}, and an exit code. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    // The messages of these exceptions are the name of the file or host and nothing else.
    private static final Map<Class<?>, String> BARE_NAMES = Map.of(NoSuchFileException.class,
            "no such file or directory: ", AccessDeniedException.class, "permission denied: ",
            FileAlreadyExistsException.class, "already exists: ", NotDirectoryException.class, "not a directory: ",
            UnknownHostException.class, "unknown host: ");

    private static final int LEGIBLE = 200;

    /** Longer than paths are, and than what should be read of it. */
    private static final Pattern ENDLESS_WORD = Pattern.compile("(\\S{%d})\\S{800,}".formatted(LEGIBLE));

    private final PrintWriter err;
    private final BooleanSupplier debug;

    /**
     * Reports to {@code err}.
     *
     * @param debug whether to add stack traces
     */
    ErrorReport(PrintWriter err, BooleanSupplier debug) {
        this.err = err;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        report(shortened(usage(exception), List.of(arguments)), exception);
        boolean suggested = UnmatchedArgumentException.printSuggestions(exception, err);
        if (isUnknownCommand(exception) || !suggested) {
            err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        }
        err.flush();
        return Filigree.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult arguments) {
        report(shortened(message(exception), arguments.originalArgs()), exception);
        return Filigree.FAILED;
    }

    private static String usage(ParameterException exception) {
        return exception instanceof UnmatchedArgumentException unmatched && isUnknownCommand(unmatched)
                ? "unknown command '%s', expected one of %s".formatted(unmatched.getUnmatched().getFirst(),
                        String.join(", ", exception.getCommandLine().getSubcommands().keySet()))
                : Objects.requireNonNullElse(exception.getMessage(), "wrong arguments");
    }

    private static boolean isUnknownCommand(ParameterException exception) {
        return exception instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                && exception.getCommandLine().getParent() == null;
    }

    /** The message, in which arguments and whatever else is too long to be read end early. */
    private static String shortened(String message, List<String> arguments) {
        String shortened = message;
        for (String argument : arguments) {
            String value = argument.startsWith("--") ? argument.substring(argument.indexOf('=') + 1) : argument;
            if (value.length() > LEGIBLE) {
                shortened = shortened.replace(value, value.substring(0, LEGIBLE) + "…");
            }
        }
        return ENDLESS_WORD.matcher(shortened).replaceAll("$1…");
    }

    /** Reports what picocli lets through: exhausted memory, or a broken installation. */
    int handleError(Error error) {
        report(error instanceof OutOfMemoryError
                ? "out of memory: " + error.getMessage() + memoryAdvice(String.valueOf(error.getMessage()))
                : unexpected(error), error);
        return Filigree.FAILED;
    }

    private static String memoryAdvice(String message) {
        if (message.contains("smaller")) {
            return "";
        }
        // Neither for memory outside the Java heap nor for an array that no heap can hold is its limit to blame.
        if (message.contains("off-heap")) {
            return ". Choose a smaller batch, or fewer neurons or connections";
        }
        return message.contains("exceeds VM limit")
                ? ". No Java heap holds such an array: choose smaller numbers, or fewer neurons"
                : ". FILIGREE_JAVA_OPTS=-Xmx4g gives the Java heap 4 GB";
    }

    private void report(String message, Throwable error) {
        err.println("filigree: " + message);
        if (debug.getAsBoolean()) {
            error.printStackTrace(err);
        }
        err.flush();
    }

    private static String message(Exception exception) {
        if (exception instanceof UncheckedIOException && exception.getCause() instanceof IOException cause) {
            return message(cause);
        }
        String message = exception.getMessage();
        if (exception instanceof IOException) {
            return message == null
                    ? exception.getClass().getSimpleName()
                    : BARE_NAMES.getOrDefault(exception.getClass(), "") + message;
        }
        if (exception instanceof IllegalArgumentException && message != null) {
            return message;
        }
        return unexpected(exception);
    }

    private static String unexpected(Throwable error) {
        return "unexpected %s (--debug shows where)".formatted(error);
    }
}
