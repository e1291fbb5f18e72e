package dev.filigree.cli.train;

import dev.filigree.parallel.WorkerPool;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Checks the values of options, so that an error names the option. */
public final class OptionCheck {
    private final CommandLine command;

    /**
     * Checks options of a command.
     *
     * @throws ParameterException if one of its paths is empty, which would otherwise mean the current directory
     */
    public OptionCheck(CommandLine command) {
        this.command = command;
        for (ArgSpec argument : command.getParseResult().matchedArgs()) {
            if (isEmptyPath(argument.getValue())) {
                String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
                throw error("%s is empty, expected a path".formatted(name));
            }
        }
    }

    private static boolean isEmptyPath(@Nullable Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().anyMatch(OptionCheck::isEmptyPath);
        }
        return value instanceof Path path && path.toString().isEmpty();
    }

    /** Whether an option stands on the command line. */
    public boolean isGiven(String option) {
        return command.getParseResult().hasMatchedOption(option);
    }

    /** An error of the caller unless {@code holds}: "option is given, expected …". */
    public void require(boolean holds, String option, Object given, String expected) {
        if (!holds) {
            throw error("%s is %s, expected %s".formatted(option, given, expected));
        }
    }

    /** 1 or more. */
    public void requirePositive(String option, int given) {
        require(given >= 1, option, given, "1 or more");
    }

    /** A number of worker threads. */
    public void requireThreads(int given) {
        requirePositive("--threads", given);
        require(given <= WorkerPool.MAX_THREADS, "--threads", given,
                "at most %d; more than the machine has processors only slow it down".formatted(WorkerPool.MAX_THREADS));
    }

    /** In [0, 1). */
    public void requireFraction(String option, double given) {
        require(given >= 0 && given < 1, option, given, "a number of at least 0 and below 1");
    }

    /** 0 or more, and finite. */
    public void requireNotNegative(String option, double given) {
        require(given >= 0 && Double.isFinite(given), option, given, "0 or more");
    }

    /** Above 0, and finite. */
    public void requireAboveZero(String option, double given) {
        require(given > 0 && Double.isFinite(given), option, given, "a number above 0");
    }

    /** Above 0 and finite, as a float too: the engine would otherwise take it for 0 or infinite. */
    public void requireFloatAboveZero(String option, double given) {
        require((float) given > 0 && Float.isFinite((float) given), option, given,
                "a number above 0 in the range of float");
    }

    /** One of the choices. */
    public void requireOneOf(String option, String given, List<String> choices) {
        require(choices.contains(given), option, "'" + given + "'", "one of " + String.join(", ", choices));
    }

    /** The error of a command that was called wrongly. */
    public ParameterException error(String message) {
        return new ParameterException(command, message);
    }
}
