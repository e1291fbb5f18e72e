package dev.filigree.io.topology;

import dev.filigree.io.AtomicFiles;
import dev.filigree.io.FileFormatException;
import dev.filigree.io.NpzFile;
import dev.filigree.io.NpzWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The weight matrix of one layer as a SciPy sparse matrix file, which {@code scipy.sparse.load_npz} reads and
 * {@code scipy.sparse.save_npz} writes. Rows are input neurons and columns are output neurons.
 *
 * <p><b>Reading</b> accepts CSR, CSC and COO, compressed or not, with 32- or 64-bit indices in any order, and float32,
 * float64 (rounded to float32), integer or bool values. As in SciPy, values of the same place are added up, in
 * the order of the file. Every stored entry is a connection, also one whose value is 0: in truly sparse training the
 * structure is the topology, and a weight may pass through 0.
 *
 * <p><b>Writing</b> makes an uncompressed CSR file of float32 with sorted 32-bit indices (64-bit beyond 2^31
 * connections). The same layer always gives the same bytes. The file appears complete or not at all.
 *
 * <p>Both need off-heap memory for one more copy of the connections (two where the file is unsorted), and no heap to
 * speak of. Whatever a file says of itself, reading takes at most 256 MiB and {@value #MOST_BYTES_PER_FILE_BYTE} bytes
 * per byte of the file.
 */
public final class SparseMatrixFile {
    /** Off-heap memory that reading may take beyond 256 MiB, per byte of the file. */
    static final int MOST_BYTES_PER_FILE_BYTE = 1 << 14;

    private SparseMatrixFile() {}

    /**
     * The extents of a matrix.
     *
     * @param rows number of rows: input neurons, and the bias if it is a row
     * @param columns number of columns: output neurons
     */
    public record Shape(int rows, int columns) {}

    /**
     * Reads the extents alone.
     *
     * @throws FileFormatException if the file is missing or not a SciPy sparse matrix
     */
    public static Shape readShape(Path file) throws IOException {
        try (NpzFile npz = NpzFile.open(file)) {
            return new SparseMatrixReader(npz).shape();
        }
    }

    /**
     * Reads a layer whose matrix has one row per input neuron.
     *
     * @return the layer without a bias, owned by the caller
     * @throws FileFormatException if the file is missing, damaged or not such a matrix, or a value is not finite
     */
    public static LayerWeights read(Path file) throws IOException {
        return read(file, false);
    }

    /**
     * Reads a layer whose matrix has one row per input neuron and a last row for the bias. The bias of an output neuron
     * without an entry there is 0.
     *
     * @return the layer with its bias, owned by the caller
     * @throws FileFormatException if the file is missing, damaged or not such a matrix, or a value is not finite
     */
    public static LayerWeights readWithBiasRow(Path file) throws IOException {
        return read(file, true);
    }

    private static LayerWeights read(Path file, boolean hasBiasRow) throws IOException {
        try (NpzFile npz = NpzFile.open(file); ArrayOwner owner = new ArrayOwner()) {
            SparseMatrixReader reader = new SparseMatrixReader(npz);
            int inputs = reader.shape().rows() - (hasBiasRow ? 1 : 0);
            if (inputs == 0) {
                throw new FileFormatException(file, "its only row would be the bias; expected input neurons too");
            }
            CompressedMatrix columns = owner.own(reader.readColumns());
            FloatArray bias = null;
            if (hasBiasRow) {
                bias = owner.own(columns.extractLastMinor("bias"));
                columns = owner.own(columns.shrink());
            }
            LayerTopology topology = new LayerTopology(inputs, columns.majors(), columns.starts(), columns.indices());
            return owner.handOver(new LayerWeights(topology, columns.values(), bias));
        }
    }

    /**
     * Writes a sparse layer.
     *
     * @param file the file to make, by custom {@code weight_lK.npz}; its directory exists
     * @param topology the connections
     * @param weights one weight per connection, in incoming order
     * @throws IllegalArgumentException if there is not one weight per connection
     */
    public static void write(Path file, LayerTopology topology, FloatArray weights) throws IOException {
        if (weights.length() != topology.connections()) {
            throw new IllegalArgumentException(
                    "%d weights for %d connections".formatted(weights.length(), topology.connections()));
        }
        CompressedMatrix columns = new CompressedMatrix(topology.outputs(), topology.inputs(), topology.rowStarts(),
                topology.sources(), weights);
        try (CompressedMatrix rows = columns.transpose()) {
            boolean wideIndices = topology.connections() > Integer.MAX_VALUE;
            AtomicFiles.write(file, out -> writeRows(out, rows, wideIndices));
        }
    }

    /**
     * Writes a dense layer as a matrix with every entry stored.
     *
     * @param file the file to make, by custom {@code weight_lK.npz}; its directory exists
     * @param inputs number of input neurons
     * @param outputs number of output neurons
     * @param weights {@code outputs · inputs} weights: those of output neuron 0 by input neuron, then of neuron 1, …
     * @throws IllegalArgumentException if there is another number of weights
     */
    public static void writeDense(Path file, int inputs, int outputs, FloatArray weights) throws IOException {
        if (weights.length() != (long) inputs * outputs) {
            throw new IllegalArgumentException(
                    "%d weights for %d inputs × %d outputs".formatted(weights.length(), inputs, outputs));
        }
        try (LayerTopology full = fullTopology(inputs, outputs)) {
            write(file, full, weights);
        }
    }

    private static LayerTopology fullTopology(int inputs, int outputs) {
        try (ArrayOwner owner = new ArrayOwner()) {
            LongArray starts = owner.own(LongArray.allocate(outputs + 1L, "row starts"));
            IntArray sources = owner.own(IntArray.allocate((long) inputs * outputs, "sources"));
            for (int output = 0; output < outputs; output++) {
                long start = (long) output * inputs;
                for (int input = 0; input < inputs; input++) {
                    sources.set(start + input, input);
                }
                starts.set(output + 1L, start + inputs);
            }
            return owner.handOver(new LayerTopology(inputs, outputs, starts, sources));
        }
    }

    /** The arrays in the order in which SciPy writes them. */
    static void writeRows(OutputStream out, CompressedMatrix rows, boolean wideIndices) throws IOException {
        try (NpzWriter npz = NpzWriter.stored(out);
                LongArray shape = LongArray.copyOf(new long[]{rows.majors(), rows.minors()}, "shape of a matrix")) {
            if (wideIndices) {
                // SciPy wants both index arrays of one type.
                try (LongArray indices = widened(rows.indices())) {
                    npz.add("indices", indices);
                }
                npz.add("indptr", rows.starts());
            } else {
                npz.add("indices", rows.indices());
                try (IntArray starts = narrowed(rows.starts())) {
                    npz.add("indptr", starts);
                }
            }
            npz.addText("format", "csr");
            npz.add("shape", shape);
            npz.add("data", rows.values());
        }
    }

    private static LongArray widened(IntArray values) {
        LongArray wide = LongArray.allocate(values.length(), values.label());
        for (long k = 0; k < values.length(); k++) {
            wide.set(k, values.get(k));
        }
        return wide;
    }

    private static IntArray narrowed(LongArray values) {
        IntArray narrow = IntArray.allocate(values.length(), values.label());
        for (long k = 0; k < values.length(); k++) {
            narrow.set(k, (int) values.get(k));
        }
        return narrow;
    }
}
