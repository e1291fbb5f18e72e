package dev.filigree.cli.experiment;

import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.text.ShellWord;
import dev.filigree.cli.train.TrainArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One training of an experiment.
 *
 * @param name of its directory, distinct within the experiment
 * @param arguments of {@code filigree train}, without {@code --threads} and {@code --out}
 */
public record Training(String name, List<String> arguments) {
    /** Copies the list. */
    public Training {
        arguments = List.copyOf(arguments);
    }

    /**
     * A training.
     *
     * @param options words of the command line, separated by blanks
     */
    public static Training of(String name, String options) {
        return new Training(name, List.of(options.strip().split("\\s+")));
    }

    /** The same with further arguments. */
    public Training with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Training(name, all);
    }

    /** The same with further arguments. */
    public Training with(List<String> more) {
        return with(more.toArray(String[]::new));
    }

    /**
     * The settings that the arguments mean.
     *
     * @param threads workers
     * @throws IOException if it starts from a network that is not there
     */
    RunSettings settings(int threads) throws IOException {
        return TrainArguments.parse(with("--threads", String.valueOf(threads)).arguments());
    }

    /**
     * The epochs that the arguments ask for.
     *
     * @throws IllegalArgumentException if they do not say
     */
    int epochs() {
        int option = arguments.lastIndexOf("--epochs");
        if (option < 0) {
            throw new IllegalArgumentException("training '%s' has no --epochs".formatted(name));
        }
        return Integer.parseInt(arguments.get(option + 1));
    }

    /**
     * As typed in the directory of the experiment, where the data is in the usual places.
     *
     * @param directory of the experiment
     */
    String command(Path directory) {
        List<String> words = new ArrayList<>(arguments);
        int dataDirectory = words.indexOf("--data-dir");
        if (dataDirectory >= 0) {
            words.subList(dataDirectory, dataDirectory + 2).clear();
        }
        return "filigree train " + words.stream().map(word -> ShellWord.of(word.replace(directory + "/", "")))
                .collect(Collectors.joining(" "));
    }
}
