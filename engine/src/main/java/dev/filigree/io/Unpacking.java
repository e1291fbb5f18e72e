package dev.filigree.io;

/**
 * How much a compressed file is believed to hold. Real arrays and tables unpack to a few times their size, sparse ones
 * to a hundred times; Deflate could claim a thousand times, and then a small file would fill the memory.
 */
public final class Unpacking {
    /** Every file may unpack to so many bytes. */
    public static final long UNQUESTIONED_BYTES = 1L << 22;

    /** Larger content may be so many times the size of the file. */
    public static final long MOST_TIMES = 256;

    /** Content above this and {@link #PLAIN_TIMES} is unpacked once to see that it is there. */
    private static final long PLAIN_BYTES = 1L << 20;

    private static final long PLAIN_TIMES = 32;

    private Unpacking() {}

    /**
     * The most bytes that a file may unpack to.
     *
     * @param storedBytes size of the file, 0 or more
     */
    public static long mostBytes(long storedBytes) {
        return storedBytes > Long.MAX_VALUE / MOST_TIMES
                ? Long.MAX_VALUE
                : Math.max(UNQUESTIONED_BYTES, storedBytes * MOST_TIMES);
    }

    /**
     * Whether a declared size is large enough, for what is stored, to be verified before memory is allocated for it.
     *
     * @param declaredBytes what the file says it unpacks to
     * @param storedBytes the compressed data
     */
    public static boolean isDoubtful(long declaredBytes, long storedBytes) {
        return declaredBytes > PLAIN_BYTES && declaredBytes / PLAIN_TIMES > storedBytes;
    }
}
