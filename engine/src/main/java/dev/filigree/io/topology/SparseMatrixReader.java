package dev.filigree.io.topology;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.NpyReader;
import dev.filigree.io.NpzFile;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads one SciPy sparse matrix file and checks it completely before anything is built from it. */
final class SparseMatrixReader {
    /** Rows or columns that a file of any size may have: their starts take 8 MiB. */
    private static final long UNQUESTIONED_SIZE = 1L << 20;

    private static final long PLAUSIBLE_SIZE_PER_FILE_BYTE = 64;

    private final NpzFile file;

    SparseMatrixReader(NpzFile file) {
        this.file = file;
    }

    SparseMatrixFile.Shape shape() throws IOException {
        requireSciPyFile();
        try (NpyReader reader = file.array("shape")) {
            if (reader.requireVector() != 2) {
                throw wrong("'shape' has %d numbers, expected 2: a matrix of inputs × outputs"
                        .formatted(reader.count()));
            }
            try (LongArray shape = reader.readLongs("shape of a matrix")) {
                return new SparseMatrixFile.Shape(size(shape.get(0), "rows"), size(shape.get(1), "columns"));
            }
        }
    }

    private int size(long size, String what) throws FileFormatException {
        // One less than an int holds, so that sizes and positions never wrap around.
        if (size < 1 || size >= Integer.MAX_VALUE) {
            throw wrong("the matrix has %d %s, expected 1 to %,d".formatted(size, what, Integer.MAX_VALUE - 1));
        }
        return (int) size;
    }

    /** The matrix by columns, each in strictly ascending order of the rows, all values finite. */
    CompressedMatrix readColumns() throws IOException {
        SparseMatrixFile.Shape shape = shape();
        String format = format();
        requirePlausible(shape);
        CompressedMatrix columns = switch (format) {
            case "csc" -> readCompressed(shape.columns(), shape.rows(), "column");
            case "csr" -> {
                try (CompressedMatrix rows = readCompressed(shape.rows(), shape.columns(), "row")) {
                    yield rows.transpose();
                }
            }
            case "coo" -> {
                try (CompressedMatrix rows = readCoordinates(shape)) {
                    yield rows.transpose();
                }
            }
            default ->
                throw wrong("sparse format '%s'; expected csr, csc or coo: convert it with .tocsr() and save again"
                        .formatted(FileFormatException.printable(format)));
        };
        columns = withSortedRows(columns);
        try {
            requireFinite(columns);
            return columns;
        } catch (FileFormatException e) {
            columns.close();
            throw e;
        }
    }

    private String format() throws IOException {
        try (NpyReader reader = file.array("format")) {
            return reader.readText();
        }
    }

    private void requireSciPyFile() throws FileFormatException {
        if (!file.contains("format") || !file.contains("shape")) {
            throw wrong("no sparse matrix, it holds %s; expected a file of scipy.sparse.save_npz"
                    .formatted(file.names().isEmpty() ? "no arrays" : "the arrays " + file.namesInWords()));
        }
    }

    private void requirePlausible(SparseMatrixFile.Shape shape) throws IOException {
        long connections;
        try (NpyReader data = file.array("data")) {
            connections = data.count();
        }
        long largest = Math.max(shape.rows(), shape.columns());
        if (largest > UNQUESTIONED_SIZE && largest / PLAUSIBLE_SIZE_PER_FILE_BYTE > file.bytes()) {
            throw wrong("a matrix of %,d × %,d with %,d entries is not a believable layer; the shape is damaged"
                    .formatted(shape.rows(), shape.columns(), connections));
        }
    }

    private CompressedMatrix readCompressed(int majors, int minors, String majorName) throws IOException {
        try (NpyReader startsIn = file.array("indptr");
                NpyReader indicesIn = file.array("indices");
                NpyReader valuesIn = file.array("data");
                ArrayOwner owner = new ArrayOwner()) {
            if (startsIn.requireVector() != majors + 1L) {
                throw wrong("'indptr' has %d positions, expected %d for %d %ss".formatted(startsIn.count(),
                        majors + 1L, majors, majorName));
            }
            requireSameLength(indicesIn, "indices", valuesIn);
            LongArray starts = owner.own(startsIn.readLongs("starts of a matrix"));
            requireStarts(starts, valuesIn.count());
            IntArray indices = owner.own(indicesIn.readInts("indices of a matrix"));
            requireRange(indices, minors, "indices");
            FloatArray values = owner.own(valuesIn.readFloats("values of a matrix"));
            return owner.handOver(new CompressedMatrix(majors, minors, starts, indices, values));
        }
    }

    private CompressedMatrix readCoordinates(SparseMatrixFile.Shape shape) throws IOException {
        try (NpyReader valuesIn = file.array("data"); ArrayOwner owner = new ArrayOwner()) {
            IntArray rows;
            IntArray columns;
            if (file.contains("coords")) {
                IntArray both = owner.own(readCoords(valuesIn));
                rows = owner.own(part(both, 0));
                columns = owner.own(part(both, valuesIn.count()));
            } else {
                rows = owner.own(readIndices("row", valuesIn));
                columns = owner.own(readIndices("col", valuesIn));
            }
            requireRange(rows, shape.rows(), "row");
            requireRange(columns, shape.columns(), "col");
            FloatArray values = owner.own(valuesIn.readFloats("values of a matrix"));
            return CompressedMatrix.ofCoordinates(shape.rows(), shape.columns(), rows, columns, values);
        }
    }

    private IntArray readIndices(String name, NpyReader values) throws IOException {
        try (NpyReader indices = file.array(name)) {
            requireSameLength(indices, name, values);
            return indices.readInts("indices of a matrix");
        }
    }

    /** Newer SciPy arrays keep all rows and then all columns in one array. */
    private IntArray readCoords(NpyReader values) throws IOException {
        try (NpyReader coords = file.array("coords")) {
            List<Long> expected = List.of(2L, values.requireVector());
            if (!coords.shape().equals(expected)) {
                throw wrong("'coords' has shape %s, expected %s".formatted(coords.shape(), expected));
            }
            return coords.readInts("indices of a matrix");
        }
    }

    private static IntArray part(IntArray both, long start) {
        IntArray half = IntArray.allocate(both.length() / 2, both.label());
        MemorySegment.copy(both.segment(), start * Integer.BYTES, half.segment(), 0, half.bytes());
        return half;
    }

    /** Takes over {@code columns}. */
    private static CompressedMatrix withSortedRows(CompressedMatrix columns) {
        if (columns.isStrictlyAscending()) {
            return columns;
        }
        CompressedMatrix sorted;
        try (columns; CompressedMatrix rows = columns.transpose()) {
            sorted = rows.transpose();
        }
        sorted.sumNeighbours();
        return sorted.shrink();
    }

    private void requireSameLength(NpyReader indices, String name, NpyReader values) throws FileFormatException {
        if (indices.requireVector() != values.requireVector()) {
            throw wrong("'%s' has %d entries but 'data' has %d; expected the same number".formatted(name,
                    indices.count(), values.count()));
        }
    }

    private void requireStarts(LongArray starts, long entries) throws FileFormatException {
        long last = starts.length() - 1;
        if (starts.get(0) != 0) {
            throw wrong("'indptr' starts at %d, expected 0".formatted(starts.get(0)));
        }
        for (long i = 0; i < last; i++) {
            if (starts.get(i + 1) < starts.get(i)) {
                throw wrong("'indptr' descends from %d to %d at position %d; expected ascending positions"
                        .formatted(starts.get(i), starts.get(i + 1), i + 1));
            }
        }
        if (starts.get(last) != entries) {
            throw wrong("'indptr' ends at %d, expected %d, the number of entries".formatted(starts.get(last), entries));
        }
    }

    private void requireRange(IntArray indices, int size, String name) throws FileFormatException {
        for (long k = 0; k < indices.length(); k++) {
            int index = indices.get(k);
            if (index < 0 || index >= size) {
                throw wrong("'%s' has index %d at position %d, expected 0 to %d".formatted(name, index, k, size - 1));
            }
        }
    }

    private void requireFinite(CompressedMatrix columns) throws FileFormatException {
        for (int column = 0; column < columns.majors(); column++) {
            long end = columns.starts().get(column + 1L);
            for (long k = columns.starts().get(column); k < end; k++) {
                if (!Float.isFinite(columns.values().get(k))) {
                    throw wrong("the value at row %d, column %d is %s; expected a finite float32 number"
                            .formatted(columns.indices().get(k), column, columns.values().get(k)));
                }
            }
        }
    }

    private FileFormatException wrong(String problem) {
        return new FileFormatException(file.path(), problem);
    }
}
