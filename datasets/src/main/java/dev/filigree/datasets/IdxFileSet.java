package dev.filigree.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The four IDX files of an MNIST-like data set. */
record IdxFileSet(IdxFile trainingImages, IdxFile trainingLabels, IdxFile testImages, IdxFile testLabels) {
    /** The files' names, without {@code .gz}. */
    static final List<String> NAMES = List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    /**
     * The files in a folder, or {@code null} if it has none of them.
     *
     * @throws DatasetException if it has some of them: using other data instead would hide a mistake
     */
    static @Nullable IdxFileSet in(Path folder) throws DatasetException {
        List<Path> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : NAMES) {
            Path path = find(folder, name);
            if (path != null) {
                found.add(path);
            } else {
                missing.add(name + "[.gz]");
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        if (!missing.isEmpty()) {
            throw new DatasetException("%s: found only %d of the 4 IDX files of a data set: add %s".formatted(folder,
                    found.size(), String.join(", ", missing)));
        }
        return new IdxFileSet(IdxFile.of(found.get(0)), IdxFile.of(found.get(1)), IdxFile.of(found.get(2)),
                IdxFile.of(found.get(3)));
    }

    /** The gzipped files in a folder of the program's own resources. */
    static IdxFileSet bundled(String folder) {
        List<IdxFile> files = NAMES.stream().map(name -> IdxFile.bundled(folder + "/" + name + ".gz")).toList();
        return new IdxFileSet(files.get(0), files.get(1), files.get(2), files.get(3));
    }

    private static @Nullable Path find(Path folder, String name) {
        String dotted = name.replace("-idx", ".idx");
        for (String variant : List.of(name, dotted, name + ".gz", dotted + ".gz")) {
            Path path = folder.resolve(variant);
            if (Files.isRegularFile(path)) {
                return path;
            }
        }
        return null;
    }
}
