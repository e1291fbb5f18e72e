package dev.filigree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains a few neurons on {@link TinyDataset}. */
final class TinyRun {
    private TinyRun() {}

    /** Runs {@code filigree train}; options given replace those of this method. */
    static InProcess.Result train(Path data, Path run, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data-dir", data.toString(), "--out",
                run.toString()));
        arguments.addAll(List.of(more));
        Map<String, String> defaults = Map.of("--hidden", "16,12", "--epsilon", "4", "--batch", "16", "--lr", "0.05",
                "--epochs", "3", "--threads", "1",
                "--schedule", "constant");
        defaults.forEach((option, value) -> {
            if (!arguments.contains(option)) {
                arguments.addAll(List.of(option, value));
            }
        });
        return InProcess.filigree(arguments.toArray(String[]::new));
    }
}
