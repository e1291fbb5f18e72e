package dev.filigree.io.checkpoint;

/**
 * Where a section lies in a file and what it holds: one entry of the table.
 *
 * @param sum CRC-32C of the content
 * @param offset of the first byte of the content
 * @param count number of elements
 */
record Section(String name, SectionType type, int sum, long offset, long count) {
    /** Size of the content. */
    long bytes() {
        return count * type.bytes();
    }
}
