package dev.filigree.cli.distance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short names for networks that tell them apart. */
final class NetworkLabels {
    private NetworkLabels() {}

    /** A network to name: the directory the user gave, and the epoch if several of each directory are compared. */
    record Place(Path directory, @Nullable Integer epoch) {}

    /**
     * Names each network by the end of its directory, of as many parts as it takes to tell all directories apart, and
     * the epoch where there is one: {@code seed1@190}; by {@code epoch 190} alone if there is only one directory. A
     * network that is given again is called {@code seed1 (2)}.
     */
    static List<String> of(List<Place> places) {
        List<Path> directories = places.stream().map(place -> place.directory().toAbsolutePath().normalize()).toList();
        List<Path> distinct = directories.stream().distinct().toList();
        int parts = partsThatTellApart(distinct);
        Map<String, Integer> uses = new HashMap<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Integer epoch = places.get(i).epoch();
            String name = end(directories.get(i), parts);
            String label = epoch == null ? name : distinct.size() == 1 ? "epoch " + epoch : name + "@" + epoch;
            int use = uses.merge(label, 1, Integer::sum);
            labels.add(use == 1 ? label : "%s (%d)".formatted(label, use));
        }
        return List.copyOf(labels);
    }

    private static int partsThatTellApart(List<Path> distinct) {
        int longest = distinct.stream().mapToInt(Path::getNameCount).max().orElse(1);
        for (int parts = 1; parts < longest; parts++) {
            HashSet<String> ends = new HashSet<>();
            for (Path path : distinct) {
                ends.add(end(path, parts));
            }
            if (ends.size() == distinct.size()) {
                return parts;
            }
        }
        return longest;
    }

    private static String end(Path path, int parts) {
        int count = path.getNameCount();
        return count == 0 ? path.toString() : path.subpath(Math.max(0, count - parts), count).toString();
    }
}
