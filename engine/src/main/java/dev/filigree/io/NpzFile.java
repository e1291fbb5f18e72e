package dev.filigree.io;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A NumPy {@code .npz} archive opened for reading: named arrays in a zip file, stored or deflated. The sum of every
 * array that is read to its end is checked. No entry is ever unpacked to a file, so names that are paths are only names.
 */
public final class NpzFile implements AutoCloseable {
    private static final String SUFFIX = ".npy";

    /** Deflate turns 258 bytes into 2 bits at best. */
    private static final long BEST_DEFLATE_RATIO = 1032;

    private static final int NAMES_IN_MESSAGES = 8;

    private final Path path;
    private final ZipFile zip;
    private final long fileBytes;

    private NpzFile(Path path, ZipFile zip, long fileBytes) {
        this.path = path;
        this.zip = zip;
        this.fileBytes = fileBytes;
    }

    /**
     * Opens an archive.
     *
     * @throws FileFormatException if the file is missing, cut off, or not a zip archive
     */
    public static NpzFile open(Path path) throws IOException {
        NpyReader.requireFile(path);
        try {
            ZipFile zip = new ZipFile(path.toFile());
            boolean opened = false;
            try {
                requireDistinctNames(path, zip);
                NpzFile file = new NpzFile(path, zip, Files.size(path));
                opened = true;
                return file;
            } finally {
                if (!opened) {
                    zip.close();
                }
            }
        } catch (ZipException | EOFException e) {
            throw new FileFormatException(path,
                    "not a readable .npz archive, or cut off (%s); expected a file of numpy.savez or scipy.sparse.save_npz"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** Which of two arrays of one name is meant, programs decide differently. */
    private static void requireDistinctNames(Path path, ZipFile zip) throws FileFormatException {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            if (!names.add(entry.getName())) {
                throw new FileFormatException(path, "holds '%s' twice; expected every name once"
                        .formatted(FileFormatException.printable(entry.getName())));
            }
        }
    }

    /** The file this reads. */
    public Path path() {
        return path;
    }

    /** Names of the arrays, without {@code .npy}, in the order of the archive. */
    public List<String> names() {
        return zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length())).toList();
    }

    /** The first names, for messages: {@code [indices, indptr, …]}, or {@code none}. */
    public String namesInWords() {
        List<String> names = names();
        return names.isEmpty()
                ? "none"
                : names.stream().limit(NAMES_IN_MESSAGES).map(FileFormatException::printable)
                        .collect(Collectors.joining(", ", "[", names.size() > NAMES_IN_MESSAGES ? ", …]" : "]"));
    }

    /** Size of the archive in bytes. */
    public long bytes() {
        return fileBytes;
    }

    /** Whether an array of this name is there. */
    public boolean contains(String name) {
        return zip.getEntry(name + SUFFIX) != null;
    }

    /**
     * Opens one array. Several may be open at a time; closing the archive closes them.
     *
     * @param name the array's name, without {@code .npy}
     * @throws FileFormatException if there is no such array, or it is damaged or of a kind that cannot be read
     */
    public NpyReader array(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw new FileFormatException(path,
                    "the array '%s' is missing; found %s".formatted(name, namesInWords()));
        }
        String where = "%s, array '%s'".formatted(path, name);
        requireSpace(entry, where);
        return new NpyReader(where, open(entry, where), entry.getSize());
    }

    /** A size without the data behind it must not become an allocation. */
    private void requireSpace(ZipEntry entry, String where) throws IOException {
        long size = entry.getSize();
        long packed = entry.getCompressedSize();
        long most = entry.getMethod() == ZipEntry.STORED ? packed : packed * BEST_DEFLATE_RATIO;
        boolean possible = packed <= fileBytes && size <= most;
        if (possible && size > Unpacking.mostBytes(fileBytes)) {
            throw new FileFormatException(where,
                    "would unpack to %,d bytes, more than %d times the file: save it again without compression"
                            .formatted(size, Unpacking.MOST_TIMES));
        }
        if (possible && Unpacking.isDoubtful(size, packed)) {
            try (InputStream in = open(entry, where)) {
                possible = in.transferTo(OutputStream.nullOutputStream()) == size;
            } catch (ZipException | EOFException e) {
                possible = false;
            }
        }
        if (!possible) {
            throw new FileFormatException(where,
                    "declares %,d bytes, which are not in the %,d bytes of the file; the file is damaged"
                            .formatted(size, fileBytes));
        }
    }

    private InputStream open(ZipEntry entry, String where) throws IOException {
        @Nullable
        InputStream in;
        try {
            in = zip.getInputStream(entry);
        } catch (ZipException e) {
            throw new FileFormatException(where, "cannot be unpacked (%s)".formatted(e.getMessage()), e);
        }
        if (in == null) {
            throw new FileFormatException(where, "cannot be unpacked");
        }
        return new SumCheckedStream(in, entry.getCrc());
    }

    /** Closes the archive and its open arrays. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Compares the zip's sum at the end, which {@link ZipFile} leaves to the caller. */
    private static final class SumCheckedStream extends FilterInputStream {
        private final CheckedInputStream checked;
        private final long expected;

        SumCheckedStream(InputStream in, long expected) {
            this(new CheckedInputStream(in, new CRC32()), expected);
        }

        private SumCheckedStream(CheckedInputStream checked, long expected) {
            super(checked);
            this.checked = checked;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            checkAtEnd(value);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            checkAtEnd(count);
            return count;
        }

        private void checkAtEnd(int result) throws ZipException {
            if (result < 0 && checked.getChecksum().getValue() != expected) {
                throw new ZipException("checksum %08x, expected %08x"
                        .formatted(checked.getChecksum().getValue(), expected));
            }
        }
    }
}
