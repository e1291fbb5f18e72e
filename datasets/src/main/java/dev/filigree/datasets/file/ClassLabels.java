package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The classes behind labels: 0 and up in ascending order of the labels, by value if all are integers, else as texts. */
final class ClassLabels {
    private static final int LEGIBLE = 4;

    /** What programs write where there is no value, or none that fits: a class that nobody meant. */
    private static final Pattern NO_LABEL = Pattern.compile("|[+-]?(?:nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private final List<String> ascending;
    private final boolean integers;
    private final Map<String, Integer> classes = new HashMap<>();

    private ClassLabels(List<String> ascending, boolean integers) {
        this.ascending = ascending;
        this.integers = integers;
        ascending.forEach(label -> classes.put(label, classes.size()));
    }

    /**
     * The classes of a file.
     *
     * @throws DatasetException if they make no sense as classes
     */
    static ClassLabels of(Path file, FileSamples samples) throws DatasetException {
        Set<String> distinct = new LinkedHashSet<>(samples.labels());
        boolean integers = distinct.stream().allMatch(label -> integer(label) != null);
        List<String> ascending = new ArrayList<>(new LinkedHashSet<>(
                integers ? distinct.stream().map(label -> String.valueOf(integer(label))).toList() : distinct));
        ascending.sort(integers ? Comparator.comparing(BigInteger::new) : Comparator.naturalOrder());
        for (String label : ascending) {
            if (NO_LABEL.matcher(label).matches()) {
                throw new DatasetException("%s: sample %d has %s, expected one for each: complete it or leave it out"
                        .formatted(file, samples.labels().indexOf(label),
                                label.isEmpty() ? "no label" : "'%s' for a label".formatted(label)));
            }
        }
        if (ascending.size() < 2 || ascending.size() > Math.max(2, samples.count() / 2)) {
            throw new DatasetException(
                    "%s: found %,d different labels in %,d samples, expected 2 classes or more with two samples each on"
                            .formatted(file, ascending.size(), samples.count())
                            + " average: check which column is the label");
        }
        return new ClassLabels(ascending, integers);
    }

    /** An integer in its shortest form, as in 3 for "+3.0"; null if a text is none. */
    static @Nullable String integer(String text) {
        // Few digits: an exponent could make a number that fills the memory.
        if (text.length() > 20 || !text.matches("[+-]?[0-9]+(\\.0*)?")) {
            return null;
        }
        return new BigDecimal(text.replaceFirst("\\.$", "")).toBigInteger().toString();
    }

    int count() {
        return ascending.size();
    }

    /**
     * The class of every sample.
     *
     * @throws DatasetException if a label is none of these
     */
    int[] classes(Path file, FileSamples samples) throws DatasetException {
        int[] found = new int[samples.count()];
        for (int s = 0; s < found.length; s++) {
            String label = samples.labels().get(s);
            Integer code = classes.get(integers ? integer(label) : label);
            if (code == null) {
                throw new DatasetException("%s: the label of sample %d is '%s', expected one of the training file's: %s"
                        .formatted(file, s, TextLines.abbreviate(label), list()));
            }
            found[s] = code;
        }
        return found;
    }

    /** What the classes are, in words. */
    String sentence() {
        return "labels %s are the classes 0 to %d".formatted(list(), count() - 1);
    }

    private String list() {
        List<String> shown = ascending.stream().map(TextLines::abbreviate).toList();
        return shown.size() <= 2 * LEGIBLE
                ? String.join(", ", shown)
                : "%s, …, %s".formatted(String.join(", ", shown.subList(0, LEGIBLE)), shown.getLast());
    }
}
