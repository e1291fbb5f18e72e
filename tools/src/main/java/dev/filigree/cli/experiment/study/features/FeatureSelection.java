package dev.filigree.cli.experiment.study.features;

import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Selects features by node strength: trains a sparse network on all of them, takes those whose connections have the
 * largest weights, and trains the same small dense network on these alone.
 */
final class FeatureSelection {
    private final ExperimentSettings settings;
    private final Map<SelectionSet, Path> folders = new EnumMap<>(SelectionSet.class);
    private final List<Integer> percents;
    private final List<Long> seeds;
    private final int networkEpochs;
    private final int classifierEpochs;

    /** @throws IllegalArgumentException if there is none of the data sets */
    FeatureSelection(ExperimentSettings settings) {
        this.settings = settings;
        percents = settings.pick(List.of(1, 2, 5, 10, 20, 50), List.of(5, 20));
        seeds = settings.seeds(3, 2);
        networkEpochs = settings.epochs(100, 10);
        classifierEpochs = settings.epochs(50, 10);
        for (SelectionSet set : SelectionSet.values()) {
            Path folder = set.folder(settings.dataDirectory());
            if (folder != null) {
                folders.put(set, folder);
            }
        }
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("found none of %s in %s: name the folder that holds them with --data-dir"
                    .formatted(Arrays.stream(SelectionSet.values()).map(SelectionSet::file)
                            .collect(Collectors.joining(", ")),
                            SelectionSet.searched(settings.dataDirectory()).stream().map(Path::toString)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** Those whose files are there. */
    List<SelectionSet> sets() {
        return List.copyOf(folders.keySet());
    }

    /** Shares of the features that are selected. */
    List<Integer> percents() {
        return percents;
    }

    /** Hidden neurons of the networks that choose. */
    String hidden() {
        return settings.pick("1000", "200");
    }

    /** The networks that choose. */
    List<Training> networks() {
        List<Training> networks = new ArrayList<>();
        for (SelectionSet set : sets()) {
            for (long seed : seeds) {
                for (Chooser chooser : List.of(Chooser.SET, Chooser.STATIC)) {
                    networks.add(training(network(set, chooser, seed), set, seed, networkEpochs, "--hidden "
                            + hidden() + " --epsilon 10 " + chooser.options()
                            + " --optimizer sgd --lr 0.01 --schedule constant --momentum 0.9 --l2 " + set.l2()));
                }
            }
        }
        return networks;
    }

    private static String network(SelectionSet set, Chooser chooser, long seed) {
        return "%s-%s-seed%d".formatted(set.label(), chooser.label(), seed);
    }

    /** The networks that are trained on what was chosen, and those on everything. */
    List<Training> classifiers(Path directory) {
        List<Training> classifiers = new ArrayList<>();
        for (SelectionSet set : sets()) {
            for (long seed : seeds) {
                String options = "--hidden 100 --dense --optimizer adam --lr 0.001 --schedule cosine --l2 0.001";
                classifiers.add(training(everything(set) + seed, set, seed, classifierEpochs, options));
                for (Chooser chooser : Chooser.values()) {
                    for (int percent : percents) {
                        String name = selected(set, chooser, percent) + seed;
                        classifiers.add(training(name, set, seed, classifierEpochs, options)
                                .with("--features", file(directory, name).toString()));
                    }
                }
            }
        }
        return classifiers;
    }

    /** What the names of the classifiers begin with that know everything; the seed follows. */
    static String everything(SelectionSet set) {
        return set.label() + "-all-seed";
    }

    /** What the names of the classifiers begin with that know some features; the seed follows. */
    static String selected(SelectionSet set, Chooser chooser, int percent) {
        return "%s-%s-%d-seed".formatted(set.label(), chooser.label(), percent);
    }

    private Training training(String name, SelectionSet set, long seed, int epochs, String options) {
        return new Training(name,
                List.of("--data", set.file(), "--data-dir", Objects.requireNonNull(folders.get(set)).toString()))
                .with(Training.of("", options
                        + " --activation relu --init he-uniform --fan-in topology --batch 32 --snapshot-every 0")
                        .arguments())
                .with("--epochs", String.valueOf(epochs), "--seed", String.valueOf(seed));
    }

    private static Path file(Path directory, String classifier) {
        return directory.resolve("selections").resolve(classifier + ".txt");
    }

    /** The number of features that a share of them is, at least 1. */
    static int count(int features, int percent) {
        return Math.max(1, Math.round(features * percent / 100f));
    }

    /** Writes the features of every classifier. */
    void writeSelections(FinishedRuns networks) throws IOException {
        Files.createDirectories(networks.directory().resolve("selections"));
        for (SelectionSet set : sets()) {
            for (long seed : seeds) {
                for (Chooser chooser : Chooser.values()) {
                    List<Integer> order = order(networks, set, chooser, seed);
                    for (int percent : percents) {
                        String lines = order.subList(0, count(order.size(), percent)).stream()
                                .map(feature -> feature + "\n").collect(Collectors.joining());
                        AtomicFiles.write(file(networks.directory(), selected(set, chooser, percent) + seed),
                                out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        }
    }

    private static List<Integer> order(FinishedRuns networks, SelectionSet set, Chooser chooser, long seed)
            throws IOException {
        if (chooser == Chooser.RANDOM) {
            int features = networks.get(network(set, Chooser.SET, seed)).record().network().inputs();
            List<Integer> order = new ArrayList<>(IntStream.range(0, features).boxed().toList());
            Collections.shuffle(order, new Random(seed));
            return order;
        }
        FinishedRun run = networks.get(network(set, chooser, seed));
        return InputConnections.of(run, run.record().settings().training().epochs()).strongestFirst();
    }
}
