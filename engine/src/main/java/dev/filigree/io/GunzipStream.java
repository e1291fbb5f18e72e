package dev.filigree.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file (RFC 1952), of one or more members. Stricter than {@link java.util.zip.GZIPInputStream},
 * which takes a damaged later member for the end: here every byte of the file belongs to a member whose sum and length
 * are right. What unpacks to more than {@link Unpacking#mostBytes} is refused.
 *
 * <p>A file that ends too early is an {@link EOFException}, anything else that is wrong a {@link ZipException}.
 */
public final class GunzipStream extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAGIC = 0x8b1f;
    private static final int HEADER_SUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final long mostBytes;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final byte[] stored = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long unpacked;
    private boolean ended;

    private GunzipStream(InputStream in, long mostBytes) throws IOException {
        this.in = in;
        this.mostBytes = mostBytes;
        boolean opened = false;
        try {
            readHeader();
            opened = true;
        } finally {
            if (!opened) {
                inflater.end();
            }
        }
    }

    /**
     * The content of a file that may be compressed, which its first bytes tell and not its name.
     *
     * @param in the file from its start; supports {@link InputStream#mark}; closed with the result
     * @param storedBytes size of the file
     * @return a {@code GunzipStream}, or {@code in} if it is not compressed
     */
    public static InputStream of(InputStream in, long storedBytes) throws IOException {
        in.mark(2);
        boolean gzip = (in.read() | in.read() << Byte.SIZE) == MAGIC;
        in.reset();
        return gzip ? new GunzipStream(in, Unpacking.mostBytes(storedBytes)) : in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                sum.update(target, offset, count);
                unpacked += count;
                if (unpacked > mostBytes) {
                    throw new ZipException("unpacks to more than %,d bytes, which no data of this size does"
                            .formatted(mostBytes));
                }
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("asks for a dictionary");
            } else {
                requireMore();
                inflater.setInput(stored, 0, limit);
                position = limit;
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException(String.valueOf(e.getMessage())).initCause(e);
        }
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        long expectedSum = sum.getValue();
        long expectedLength = inflater.getBytesWritten() & 0xffff_ffffL;
        if (nextInt() != expectedSum || nextInt() != expectedLength) {
            throw new ZipException("its sum or length is wrong");
        }
        if (position == limit && !fill()) {
            ended = true;
        } else {
            inflater.reset();
            readHeader();
        }
    }

    private void readHeader() throws IOException {
        sum.reset();
        int magic = nextShort();
        int method = next();
        int flags = next();
        if (magic != MAGIC || method != Deflater.DEFLATED || (flags & RESERVED) != 0) {
            throw new ZipException("something other than gzip data at a member's start");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(nextShort());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_SUM) != 0) {
            int expected = (int) sum.getValue() & 0xffff;
            if (nextShort() != expected) {
                throw new ZipException("the sum of a header is wrong");
            }
        }
        sum.reset();
        inflater.setInput(stored, position, limit - position);
        position = limit;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            character = next();
        } while (character != 0);
    }

    private long nextInt() throws IOException {
        int low = nextShort();
        return low | (long) nextShort() << Short.SIZE;
    }

    private int nextShort() throws IOException {
        int low = next();
        return low | next() << Byte.SIZE;
    }

    private int next() throws IOException {
        if (position == limit) {
            requireMore();
        }
        sum.update(stored[position]);
        return Byte.toUnsignedInt(stored[position++]);
    }

    private void requireMore() throws IOException {
        if (!fill()) {
            throw new EOFException("the gzip data ends too early");
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(stored, 0, BUFFER_BYTES));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
