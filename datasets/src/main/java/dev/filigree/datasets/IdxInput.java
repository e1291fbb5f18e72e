package dev.filigree.datasets;

import dev.filigree.io.GunzipStream;
import dev.filigree.io.Unpacking;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.ZipException;

/**
 * One open IDX file: its header, then its bytes in order, each counted and added to a checksum. Raw and gzip files
 * are told apart by their first bytes, not by their names.
 *
 * <p>Every failure is a {@link DatasetException} that names the file.
 */
final class IdxInput implements AutoCloseable {
    /** What an IDX file holds, by its magic number: unsigned bytes in one or in three dimensions. */
    enum Content {
        LABELS(0x00000801, 1), IMAGES(0x00000803, 3);

        private final int magic;
        private final int dimensions;

        Content(int magic, int dimensions) {
            this.magic = magic;
            this.dimensions = dimensions;
        }

        private String description() {
            return "0x%08x (IDX %s)".formatted(magic, this == LABELS ? "labels" : "images");
        }
    }

    private static final int BUFFER_BYTES = 1 << 16;

    /** Above Deflate's limit of 1032 to 1: a header that asks for more is wrong, and must not cause an allocation. */
    private static final long GZIP_RATIO = 1100;

    private static final String DAMAGED = ": the file is damaged or incomplete, get it again";

    private final IdxFile file;
    private final MessageDigest checksum;
    private final InputStream stored;
    private final InputStream in;
    private final int[] shape;
    private long position;

    private IdxInput(IdxFile file, Content content, MessageDigest checksum, InputStream stored) throws IOException {
        this.file = file;
        this.checksum = checksum;
        this.stored = stored;
        this.in = unpacked(file, stored);
        this.shape = readHeader(content);
    }

    /**
     * Opens a file and reads its header.
     *
     * @param checksum is given every byte read, after decompression
     * @throws DatasetException if the file cannot be read, holds something else, or is shorter than its header says
     */
    static IdxInput open(IdxFile file, Content content, MessageDigest checksum) throws DatasetException {
        try {
            InputStream stored = new BufferedInputStream(file.opener().open(), BUFFER_BYTES);
            boolean opened = false;
            try {
                IdxInput input = new IdxInput(file, content, checksum, stored);
                opened = true;
                return input;
            } finally {
                if (!opened) {
                    stored.close();
                }
            }
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The file's name, for messages. */
    String name() {
        return file.name();
    }

    /** Size along dimension {@code index}, 1 or more; dimension 0 counts the samples. */
    int size(int index) {
        return shape[index];
    }

    /** Fills the first {@code count} bytes of {@code target}. */
    void read(byte[] target, int count) throws DatasetException {
        int got;
        try {
            got = in.readNBytes(target, 0, count);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        checksum.update(target, 0, got);
        position += got;
        if (got < count) {
            throw new DatasetException("%s: ends after %d bytes, expected %d or more%s"
                    .formatted(name(), position, position + count - got, DAMAGED));
        }
    }

    /** Checks that everything has been read; for a gzip file this also checks the CRC. */
    void expectEnd() throws DatasetException {
        int next;
        try {
            next = in.read();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (next != -1) {
            throw new DatasetException("%s: goes on after the %d bytes that its header describes, expected its end%s"
                    .formatted(name(), position, DAMAGED));
        }
    }

    @Override
    public void close() throws DatasetException {
        try {
            in.close();
            stored.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private int[] readHeader(Content content) throws DatasetException {
        // The magic number comes alone, so that a short file of another kind is not called truncated.
        int magic = readInt();
        if (magic != content.magic) {
            throw new DatasetException("%s: found magic number 0x%08x, expected %s: check that this is the right file"
                    .formatted(name(), magic, content.description()));
        }
        int[] sizes = new int[content.dimensions];
        long elements = 1;
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = readInt();
            if (sizes[d] < 1) {
                throw new DatasetException("%s: found %d %s, expected 1 to %d%s".formatted(name(),
                        Integer.toUnsignedLong(sizes[d]), d == 0 ? "samples" : d == 1 ? "rows" : "columns",
                        Integer.MAX_VALUE, DAMAGED));
            }
            long high = Math.multiplyHigh(elements, sizes[d]);
            elements = high == 0 ? elements * sizes[d] : -1;
            if (elements < 0) {
                throw new DatasetException(
                        "%s: its header describes more than 2^63 bytes%s".formatted(name(), DAMAGED));
            }
        }
        if (file.bytes() >= 0 && !isPossible(elements)) {
            throw new DatasetException("%s: found %d stored bytes, too few for the %d that its header describes%s"
                    .formatted(name(), file.bytes(), position + elements, DAMAGED));
        }
        return sizes;
    }

    /** Whether the file can hold so many bytes more; where its compression leaves room for doubt, they are counted. */
    private boolean isPossible(long elements) throws DatasetException {
        if (!(in instanceof GunzipStream)) {
            return elements <= file.bytes() - position;
        }
        if (elements > Math.min(file.bytes() * GZIP_RATIO, Unpacking.mostBytes(file.bytes()))) {
            return false;
        }
        if (!Unpacking.isDoubtful(elements, file.bytes())) {
            return true;
        }
        try (InputStream again = unpacked(file, new BufferedInputStream(file.opener().open(), BUFFER_BYTES))) {
            return again.transferTo(OutputStream.nullOutputStream()) >= position + elements;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputStream unpacked(IdxFile file, InputStream stored) throws IOException {
        return GunzipStream.of(stored, file.bytes() < 0 ? Long.MAX_VALUE : file.bytes());
    }

    private int readInt() throws DatasetException {
        byte[] bytes = new byte[4];
        read(bytes, 4);
        return ByteBuffer.wrap(bytes).getInt();
    }

    private static DatasetException unreadable(IdxFile file, IOException e) {
        return switch (e) {
            case EOFException eof ->
                new DatasetException(file.name() + ": the gzip data ends too early" + DAMAGED, eof);
            case ZipException zip -> new DatasetException(
                    "%s: the gzip data is wrong (%s)%s".formatted(file.name(), zip.getMessage(), DAMAGED), zip);
            default -> IdxFile.unreadable(file.name(), e);
        };
    }
}
