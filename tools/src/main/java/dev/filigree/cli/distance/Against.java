package dev.filigree.cli.distance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** With what each network is compared. */
public enum Against {
    /** With every other one. */
    ALL,

    /** With the first epoch of its run. */
    FIRST,

    /** With the epoch of its run before. */
    PREVIOUS,

    /** With the other runs at the same epoch. */
    RUNS;

    /** Two networks by position; {@code b} is renamed into {@code a}. */
    public record Positions(int a, int b) {}

    /** Whether it needs the epochs of runs, and not just some networks. */
    public boolean needsEpochs() {
        return this != ALL;
    }

    /** The pairs of these networks. */
    public List<Positions> pairs(List<NamedNetwork> networks) {
        return switch (this) {
            case ALL -> IntStream.range(0, networks.size()).boxed()
                    .flatMap(a -> IntStream.range(a + 1, networks.size()).mapToObj(b -> new Positions(a, b))).toList();
            case FIRST, PREVIOUS -> withinRuns(networks, this == FIRST);
            case RUNS -> betweenRuns(networks);
        };
    }

    private static List<Positions> withinRuns(List<NamedNetwork> networks, boolean first) {
        List<Positions> pairs = new ArrayList<>();
        for (int run : networks.stream().map(NamedNetwork::run).distinct().toList()) {
            List<Integer> epochs = IntStream.range(0, networks.size()).boxed()
                    .filter(i -> networks.get(i).run() == run && networks.get(i).epoch() != null)
                    .sorted(Comparator.comparing(i -> Objects.requireNonNull(networks.get(i).epoch()))).toList();
            for (int k = 1; k < epochs.size(); k++) {
                pairs.add(new Positions(epochs.get(first ? 0 : k - 1), epochs.get(k)));
            }
        }
        return pairs;
    }

    private static List<Positions> betweenRuns(List<NamedNetwork> networks) {
        return ALL.pairs(networks).stream().filter(pair -> {
            NamedNetwork a = networks.get(pair.a());
            NamedNetwork b = networks.get(pair.b());
            return a.run() != b.run() && a.epoch() != null && a.epoch().equals(b.epoch());
        }).toList();
    }
}
