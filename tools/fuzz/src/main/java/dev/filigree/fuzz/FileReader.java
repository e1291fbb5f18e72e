package dev.filigree.fuzz;

import dev.filigree.cli.run.HistoryFile;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.datasets.IdxReader;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.datasets.file.DataFile;
import dev.filigree.io.NpyReader;
import dev.filigree.io.topology.SparseMatrixFile;
import dev.filigree.training.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The readers, each with the file it reads. The folder of its seeds is its name in lower case. */
public enum FileReader {
    /** One array, read as numbers of each type. */
    NPY("a.npy", false) {
        @Override
        void read(Path file) throws IOException {
            try (NpyReader floats = NpyReader.open(file)) {
                floats.readFloats("fuzz").close();
            }
            try (NpyReader integers = NpyReader.open(file)) {
                if (!integers.dtype().contains("f")) {
                    integers.readLongs("fuzz").close();
                }
            }
        }
    },
    /** The weights of a layer, with a bias row if the size of the file is odd. */
    SPARSE_MATRIX("weight_l0.npz", true) {
        @Override
        void read(Path file) throws IOException {
            (Files.size(file) % 2 == 0 ? SparseMatrixFile.read(file) : SparseMatrixFile.readWithBiasRow(file)).close();
        }
    },
    /** Images, beside labels of six samples in three classes. */
    IDX_IMAGES("images", true) {
        @Override
        void read(Path file) throws IOException {
            byte[] labels = ByteBuffer.allocate(14).putInt(0x801).putInt(6).put(new byte[]{0, 1, 2, 0, 1, 2}).array();
            IdxReader.read("fuzz", file, Files.write(file.resolveSibling("labels"), labels), 3).close();
        }
    },
    /** Labels, beside six images of one pixel. */
    IDX_LABELS("labels", true) {
        @Override
        void read(Path file) throws IOException {
            byte[] images = ByteBuffer.allocate(22).putInt(0x803).putInt(6).putInt(1).putInt(1).array();
            IdxReader.read("fuzz", Files.write(file.resolveSibling("images"), images), file, 3).close();
        }
    },
    /** A table. */
    CSV("a.csv", true) {
        @Override
        void read(Path file) throws IOException {
            load(file);
        }
    },
    /** A sparse table. */
    LIBSVM("a.svm", true) {
        @Override
        void read(Path file) throws IOException {
            load(file);
        }
    },
    /** Samples as arrays. */
    SAMPLES_NPZ("a.npz", true) {
        @Override
        void read(Path file) throws IOException {
            load(file);
        }
    },
    /** All that a training needs to go on. */
    CHECKPOINT("a.checkpoint", false) {
        @Override
        void read(Path file) throws IOException {
            Checkpoint.read(file).close();
        }
    },
    /** The record of a run. */
    RUN_RECORD("run.json", false) {
        @Override
        void read(Path file) throws IOException {
            RunDirectory.open(file.resolveSibling("")).read();
        }
    },
    /** The history of a run of two layers. */
    HISTORY("history.csv", false) {
        @Override
        void read(Path file) throws IOException {
            HistoryFile.read(file, 2, 1000);
        }
    };

    private final String fileName;
    private final boolean mayBeCompressed;

    FileReader(String fileName, boolean mayBeCompressed) {
        this.fileName = fileName;
        this.mayBeCompressed = mayBeCompressed;
    }

    /** Reads a file and forgets what it held. */
    abstract void read(Path file) throws IOException;

    /** What the reader takes the bytes for. */
    String fileName() {
        return fileName;
    }

    /** Whether its files may be compressed. */
    boolean mayBeCompressed() {
        return mayBeCompressed;
    }

    /** Name of the folder with the seeds. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void load(Path file) throws IOException {
        new DataFile(file, null, 0.25, null).load(ValidationSplit.none(), 1).close();
    }
}
