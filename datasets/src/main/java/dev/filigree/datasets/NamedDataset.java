package dev.filigree.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data sets that the catalogue knows by name. */
enum NamedDataset {
    /** Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017, arXiv:1708.07747): 28 × 28 images of clothes. */
    FASHION_MNIST("fashion-mnist", 10, "28e8664c450c7875c3baf2e55dbdc6adc0a47ec2d48cec8293600a144592e1e1"),
    /** The part of Fashion-MNIST that comes with Filigree, whatever is installed. */
    FASHION_MNIST_SAMPLE("fashion-mnist-sample", 10, null),
    /** MNIST: 28 × 28 images of handwritten digits. */
    MNIST("mnist", 10, "baf8abbd666471ecac5632e64450ae129d173fff9ddb64c2bfd6eddb30fb871b");

    private final String label;
    private final int classes;

    /** {@link DataSplits#sha256()} of the original files: all MNIST-like sets use the same file names. */
    private final @Nullable String sha256;

    NamedDataset(String label, int classes, @Nullable String sha256) {
        this.label = label;
        this.classes = classes;
        this.sha256 = sha256;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(NamedDataset::label).toList();
    }

    static NamedDataset of(String label) throws DatasetException {
        return Arrays.stream(values()).filter(set -> set.label.equals(label)).findFirst()
                .orElseThrow(() -> new DatasetException("unknown data set '%s', expected one of: %s".formatted(label,
                        String.join(", ", labels()))));
    }

    /** The set whose original files have this checksum, or {@code null} if it is none of the known. */
    static @Nullable NamedDataset ofSha256(String sha256) {
        return Arrays.stream(values()).filter(set -> sha256.equals(set.sha256)).findFirst().orElse(null);
    }

    /** The name that users type. */
    String label() {
        return label;
    }

    int classes() {
        return classes;
    }

    /**
     * Whether files that lie directly in a shared data folder are taken for this set. Both sets use the same file
     * names, so only one of them may be.
     */
    boolean mayLieDirectlyInSharedFolder() {
        return this == FASHION_MNIST;
    }

    /** What the user can do to get all of this set, as the end of a sentence. */
    String howToGet(Path cache) {
        Path folder = cache.resolve(label);
        return this == MNIST
                ? "run tools/bin/fetch-mnist, or put the four IDX files into " + folder
                : "run 'sudo apt install dataset-fashion-mnist', or download the four IDX files from"
                        + " https://github.com/zalandoresearch/fashion-mnist into " + cache.resolve("fashion-mnist");
    }
}
