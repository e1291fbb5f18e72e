package dev.filigree.cli.experiment;

import dev.filigree.cli.text.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about an experiment.
 *
 * @param quick small sizes, for a first look
 * @param repetitions seeds 1 to this; null for the experiment's own number
 * @param epochs of each training; null for the experiment's own number
 * @param data name of the data set, or its file; null for the experiment's own
 * @param methods names of the methods to compare, where some are; empty for all
 * @param dataDirectory the folder with its files; null for the usual places
 */
public record ExperimentSettings(boolean quick, @Nullable Integer repetitions, @Nullable Integer epochs,
        @Nullable String data, List<String> methods, @Nullable Path dataDirectory) {
    private static final String SAMPLE = "fashion-mnist-sample";

    /** Copies the list. */
    public ExperimentSettings {
        methods = List.copyOf(methods);
    }

    /** The seeds, 1 and up. */
    public List<Long> seeds(int full, int quickly) {
        return LongStream.rangeClosed(1, repetitions(full, quickly)).boxed().toList();
    }

    /** The number of seeds, or of whatever else is repeated. */
    public int repetitions(int full, int quickly) {
        return repetitions != null ? repetitions : quick ? quickly : full;
    }

    /** The epochs of each training. */
    public int epochs(int full, int quickly) {
        return epochs != null ? epochs : quick ? quickly : full;
    }

    /** The one or the other. */
    public <T> T pick(T full, T quickly) {
        return quick ? quickly : full;
    }

    /** The name of the data set; the bundled sample stands in for Fashion-MNIST in a quick look. */
    public String data(String full) {
        return data != null ? data : quick && dataDirectory == null ? SAMPLE : full;
    }

    /** The arguments of {@code filigree train} that name it. */
    public List<String> dataArguments(String full) {
        List<String> arguments = new ArrayList<>(List.of("--data", data(full)));
        // An experiment with files of its own takes their folder beside data that is elsewhere.
        if (dataDirectory != null && (data == null || !Path.of(data).isAbsolute())) {
            arguments.addAll(List.of("--data-dir", dataDirectory.toString()));
        }
        return arguments;
    }

    /** The options as typed, each after a blank; those that do not change the result are left away. */
    public String options() {
        return (quick ? " --quick" : "") + (repetitions == null ? "" : " --seeds " + repetitions)
                + (epochs == null ? "" : " --epochs " + epochs) + (data == null ? "" : " --data " + ShellWord.of(data))
                + (methods.isEmpty() ? "" : " --methods " + String.join(",", methods));
    }
}
