package dev.filigree.assignment;

/** Refuses what cannot fit into Java's heap before it is allocated. */
final class HeapSpace {
    private HeapSpace() {}

    /** @throws IllegalArgumentException if Java may not use so many bytes at all */
    static void require(String what, long bytes) {
        long allowed = Runtime.getRuntime().maxMemory();
        if (bytes > allowed) {
            throw new IllegalArgumentException(
                    "%s take %,d MB, more than the %,d MB that Java may use; raise the limit with -Xmx".formatted(what,
                            bytes >> 20, allowed >> 20));
        }
    }
}
