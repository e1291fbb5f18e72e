package dev.filigree.io.checkpoint;

import dev.filigree.io.FileFormatException;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Reads a checkpoint file; the format is described with the package. What a file says of its sizes is compared with its
 * real size before anything is allocated, and every section that is read with its sum, so that a file which was damaged
 * or cut off is never taken for whole.
 */
public final class CheckpointReader implements AutoCloseable {
    private static final long PIECE = 1 << 18;

    /** Small arrays and texts go to the heap, where they are not to be large. */
    private static final long MOST_HEAP_BYTES = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    private CheckpointReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a file and checks its header and its table.
     *
     * @throws FileFormatException if it is not a whole checkpoint
     */
    public static CheckpointReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            throw new FileFormatException(file, "is not a file; expected a checkpoint");
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new FileFormatException(file, "is little-endian, as all checkpoints, and this machine is not");
        }
        CheckpointReader reader = new CheckpointReader(file, FileChannel.open(file, StandardOpenOption.READ));
        try {
            reader.readTable();
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void readTable() throws IOException {
        long size = channel.size();
        if (size < SectionTable.HEADER_BYTES) {
            throw new FileFormatException(file,
                    "has %d bytes, fewer than the header of a checkpoint; the file is cut off".formatted(size));
        }
        ByteBuffer header = ByteBuffer.allocate(SectionTable.HEADER_BYTES);
        readFully(header, 0);
        int count = SectionTable.decodeHeader(header, size, file);
        if ((long) count * SectionTable.ENTRY_BYTES > MOST_HEAP_BYTES) {
            throw new FileFormatException(file, "%,d sections are more than any checkpoint has".formatted(count));
        }
        ByteBuffer table = ByteBuffer.allocate(count * SectionTable.ENTRY_BYTES);
        readFully(table, SectionTable.HEADER_BYTES);
        for (Section section : SectionTable.decode(header, table, size, file)) {
            sections.put(section.name(), section);
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Whether there is a section of this name. */
    public boolean contains(String name) {
        return sections.containsKey(name);
    }

    /**
     * Reads a section of float32.
     *
     * @return an array of this label, owned by the caller
     * @throws FileFormatException if there is no such section, of this type and this many elements, or it is damaged
     */
    public FloatArray readFloats(String name, long count, String label) throws IOException {
        Section section = section(name, SectionType.FLOAT32, count);
        return filled(section, () -> FloatArray.allocate(count, label));
    }

    /** As {@link #readFloats}, of int32. */
    public IntArray readInts(String name, long count, String label) throws IOException {
        Section section = section(name, SectionType.INT32, count);
        return filled(section, () -> IntArray.allocate(count, label));
    }

    /** As {@link #readFloats}, of int64. */
    public LongArray readLongs(String name, long count, String label) throws IOException {
        Section section = section(name, SectionType.INT64, count);
        return filled(section, () -> LongArray.allocate(count, label));
    }

    /**
     * Number of elements of a section.
     *
     * @throws FileFormatException if there is no such section
     */
    public long count(String name) throws FileFormatException {
        Section section = sections.get(name);
        if (section == null) {
            throw new FileFormatException(file, "section '%s' is missing".formatted(name));
        }
        return section.count();
    }

    /** Reads a section of so many int64, but not of many. */
    public long[] readLongs(String name, long count) throws IOException {
        ByteBuffer bytes = readHeap(section(name, SectionType.INT64, count));
        long[] values = new long[(int) count];
        bytes.asLongBuffer().get(values);
        return values;
    }

    /** Reads a section of so many float64, but not of many. */
    public double[] readDoubles(String name, long count) throws IOException {
        ByteBuffer bytes = readHeap(section(name, SectionType.FLOAT64, count));
        double[] values = new double[(int) count];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /** Reads a section that is text in UTF-8, of at most 16 MB. */
    public String readText(String name) throws IOException {
        ByteBuffer bytes = readHeap(section(name, SectionType.BYTE, count(name)));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new FileFormatException(file, "section '%s' is not text in UTF-8".formatted(name), e);
        }
    }

    private Section section(String name, SectionType type, long count) throws FileFormatException {
        long found = count(name);
        Section section = sections.get(name);
        if (section == null || section.type() != type || found != count) {
            throw new FileFormatException(file, "section '%s' has %,d elements of type %s, expected %,d of %s"
                    .formatted(name, found, section == null ? "?" : section.type(), count, type));
        }
        return section;
    }

    private <A extends OffHeapArray> A filled(Section section, Supplier<A> allocation) throws IOException {
        A array = allocation.get();
        boolean whole = false;
        try {
            fill(section, array.segment());
            whole = true;
            return array;
        } finally {
            if (!whole) {
                array.close();
            }
        }
    }

    private ByteBuffer readHeap(Section section) throws IOException {
        if (section.bytes() > MOST_HEAP_BYTES) {
            throw new FileFormatException(file, "section '%s' has %,d bytes, expected at most %,d"
                    .formatted(section.name(), section.bytes(), MOST_HEAP_BYTES));
        }
        byte[] bytes = new byte[(int) section.bytes()];
        fill(section, MemorySegment.ofArray(bytes));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void fill(Section section, MemorySegment target) throws IOException {
        CRC32C sum = new CRC32C();
        for (long done = 0; done < section.bytes(); done += PIECE) {
            ByteBuffer piece = target.asSlice(done, Math.min(PIECE, section.bytes() - done)).asByteBuffer();
            readFully(piece, section.offset() + done);
            sum.update(piece.rewind());
        }
        if ((int) sum.getValue() != section.sum()) {
            throw new FileFormatException(file, "section '%s' is damaged: its sum is wrong".formatted(section.name()));
        }
    }

    private void readFully(ByteBuffer target, long offset) throws IOException {
        for (long at = offset; target.hasRemaining();) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new FileFormatException(file,
                        "ends at byte %,d while it is read: it is being changed".formatted(at));
            }
            at += read;
        }
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
