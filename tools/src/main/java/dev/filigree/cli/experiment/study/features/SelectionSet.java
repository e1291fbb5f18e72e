package dev.filigree.cli.experiment.study.features;

import dev.filigree.datasets.SearchPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data sets that features are selected from, in files of their usual names. */
enum SelectionSet {
    /** Guyon et al., NIPS 2003 challenge: 500 features, of which 20 say anything, and 5 suffice. */
    MADELON("Madelon", "madelon.npz", "0.1"),
    /** Fanty and Cole, 1991: spoken letters, 617 features, 26 classes. */
    ISOLET("Isolet", "isolet.npz", "0.01"),
    /** Nene, Nayar and Murase, 1996: 20 objects on a turntable, 32 × 32 pixels. */
    COIL_20("COIL-20", "coil20.npz", "0.01"),
    /** Of 20 Newsgroups, two about hardware: 3289 words, two classes. */
    PCMAC("PCMAC", "pcmac.libsvm", "0.01");

    private final String title;
    private final String file;
    private final String l2;

    SelectionSet(String title, String file, String l2) {
        this.title = title;
        this.file = file;
        this.l2 = l2;
    }

    /** As written in reports. */
    String title() {
        return title;
    }

    /** The name of its file. */
    String file() {
        return file;
    }

    /**
     * L2 penalty of the network that chooses: as strong as it takes for weights of features that say nothing to vanish
     * before they learn the samples by heart.
     */
    String l2() {
        return l2;
    }

    /** As it begins the names of trainings. */
    String label() {
        return file.substring(0, file.indexOf('.'));
    }

    /** The folder with its file; null if it is nowhere. */
    @Nullable
    Path folder(@Nullable Path dataDirectory) {
        return searched(dataDirectory).stream().filter(folder -> Files.isRegularFile(folder.resolve(file))).findFirst()
                .orElse(null);
    }

    /** Where the files are looked for. */
    static List<Path> searched(@Nullable Path dataDirectory) {
        SearchPlaces places = SearchPlaces.ofThisMachine();
        return dataDirectory != null
                ? List.of(dataDirectory)
                : Stream.of(places.environment(), places.cache(), places.system()).filter(Objects::nonNull).toList();
    }
}
