package dev.filigree.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the named data sets and where their files may be.
 *
 * <p>If the user gives a data directory, only that is searched. Otherwise these are searched, in this order: the
 * folder that the environment variable {@code FILIGREE_DATA} names, {@code ~/.cache/filigree} and
 * {@code /usr/share/datasets}. In each of them the files may lie in a folder named like the data set or, for
 * {@code fashion-mnist}, directly; in a data directory, those of any set may. If {@code fashion-mnist} is nowhere,
 * the bundled sample is used, and {@link DataSource#sentence()} says so.
 *
 * <p>The files have the names of the original distribution, {@code train-images-idx3-ubyte} and so on, with or
 * without {@code .gz}; {@code train-images.idx3-ubyte} is accepted too.
 */
public final class DatasetCatalogue {
    private static final String SAMPLE_FOLDER = "fashion-mnist-sample";

    private final SearchPlaces places;

    /** A catalogue that searches {@code places}. */
    public DatasetCatalogue(SearchPlaces places) {
        this.places = places;
    }

    /** A catalogue that searches this machine's usual places. */
    public DatasetCatalogue() {
        this(SearchPlaces.ofThisMachine());
    }

    /** The names of all known data sets. */
    public static List<String> names() {
        return NamedDataset.labels();
    }

    /**
     * Finds a data set without reading it.
     *
     * @param name one of {@link #names()}
     * @param dataDirectory the folder that must hold it, or {@code null} to search the usual places
     * @throws DatasetException if the name is unknown, if the data set is nowhere and has no bundled sample, if a
     *         folder has only some of its files, or if {@code FILIGREE_DATA} names something that is not a folder
     */
    public DataSource locate(String name, @Nullable Path dataDirectory) throws DatasetException {
        return find(NamedDataset.of(name), dataDirectory).source();
    }

    /**
     * The folders that {@link #locate} looks into, in order.
     *
     * @throws DatasetException if the name is unknown
     */
    public List<Path> searchedFolders(String name, @Nullable Path dataDirectory) throws DatasetException {
        return searchedFolders(NamedDataset.of(name), dataDirectory);
    }

    /**
     * Finds and reads a data set.
     *
     * @param name one of {@link #names()}
     * @param dataDirectory the folder that must hold it, or {@code null} to search the usual places
     * @param split what to hold out of the training set
     * @return the parts, owned by the caller, with pixel values from 0 to 255
     * @throws DatasetException as {@link #locate}, if a file cannot be read or is not what it should be, or if the
     *         files are the original ones of another known set
     */
    public DataSplits load(String name, @Nullable Path dataDirectory, ValidationSplit split) throws DatasetException {
        NamedDataset set = NamedDataset.of(name);
        Found found = find(set, dataDirectory);
        IdxFileSet files = found.files();
        IdxReader reader = new IdxReader();
        List<Dataset> open = new ArrayList<>();
        try {
            IdxReader.TrainingParts parts = reader.read(name + " training", files.trainingImages(),
                    files.trainingLabels(), set.classes(), split);
            open.add(parts.training());
            if (parts.validation() != null) {
                open.add(parts.validation());
            }
            Dataset test = reader.read(name + " test", files.testImages(), files.testLabels(), set.classes());
            open.add(test);
            if (test.features() != parts.training().features()) {
                throw new DatasetException(
                        "%s: found images of %d pixels, expected %d as in %s: take all files from the"
                                .formatted(files.testImages().name(), test.features(), parts.training().features(),
                                        files.trainingImages().name())
                                + " same set");
            }
            String sha256 = reader.takeSha256();
            NamedDataset original = NamedDataset.ofSha256(sha256);
            if (original != null && original != set) {
                throw new DatasetException("%s: found the files of %s, expected those of %s: ask for %s or give another"
                        .formatted(found.source().directory(), original.label(), set.label(), original.label())
                        + " data directory");
            }
            DataSplits splits = new DataSplits(name, parts.training(), parts.validation(), test, found.source(),
                    sha256);
            open.clear();
            return splits;
        } finally {
            open.forEach(Dataset::close);
        }
    }

    private Found find(NamedDataset set, @Nullable Path dataDirectory) throws DatasetException {
        if (set == NamedDataset.FASHION_MNIST_SAMPLE && dataDirectory != null) {
            throw new DatasetException(
                    "%s is part of the program and not read from %s: leave out the data directory, or"
                            .formatted(set.label(), dataDirectory) + " ask for " + NamedDataset.FASHION_MNIST.label());
        }
        if (dataDirectory != null) {
            requireFolder(dataDirectory, "the data directory");
        } else if (places.environment() != null) {
            requireFolder(places.environment(), SearchPlaces.VARIABLE);
        }
        for (Path folder : searchedFolders(set, dataDirectory)) {
            IdxFileSet files = IdxFileSet.in(folder);
            if (files != null) {
                return new Found(new DataSource(set.label(), folder, set.label() + " from " + folder), files);
            }
        }
        if (dataDirectory == null && set != NamedDataset.MNIST) {
            return new Found(new DataSource(set.label(), null, set.label()
                    + ": the bundled sample of Fashion-MNIST, 10,000 training and 2,000 test images; for all 60,000 and"
                    + " 10,000, " + set.howToGet(places.cache())), IdxFileSet.bundled(SAMPLE_FOLDER));
        }
        String searched = String.join(", ",
                searchedFolders(set, dataDirectory).stream().map(Path::toString).toList());
        String advice = dataDirectory == null ? "" : "correct the data directory or leave it out; to get the files, ";
        throw new DatasetException("found no %s in %s, expected the IDX files %s, each with or without .gz: %s%s"
                .formatted(set.label(), searched, String.join(", ", IdxFileSet.NAMES), advice,
                        set.howToGet(places.cache())));
    }

    private List<Path> searchedFolders(NamedDataset set, @Nullable Path dataDirectory) {
        List<Path> folders = new ArrayList<>();
        if (set == NamedDataset.FASHION_MNIST_SAMPLE) {
            return folders;
        }
        // The named folder comes first: files that lie directly in a folder do not say which set they are.
        if (dataDirectory != null) {
            folders.add(dataDirectory.resolve(set.label()));
            folders.add(dataDirectory);
            return folders;
        }
        List<Path> shared = places.environment() == null
                ? List.of(places.cache(), places.system())
                : List.of(places.environment(), places.cache(), places.system());
        for (Path folder : shared) {
            folders.add(folder.resolve(set.label()));
            if (set.mayLieDirectlyInSharedFolder()) {
                folders.add(folder);
            }
        }
        return folders;
    }

    private static void requireFolder(Path folder, String what) throws DatasetException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException("%s %s is not a folder: correct it, or leave it out to use what is installed"
                    .formatted(what, folder));
        }
    }

    private record Found(DataSource source, IdxFileSet files) {}
}
