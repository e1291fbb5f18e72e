/**
 * The checkpoint file: named arrays in one binary file, each with a sum that tells whether it is whole.
 *
 * <p>All numbers are little-endian; sums are CRC-32C (Castagnoli, as in iSCSI, RFC 3720). A file of {@code n} sections
 * is
 *
 * <pre>
 * offset         bytes   content
 * 0              8       89 46 4C 47 0D 0A 1A 0A: "FLG" between bytes that a transfer as text would change
 * 8              4       version of this format, 1
 * 12             4       n, number of sections
 * 16             8       bytes of the whole file
 * 24             4       CRC-32C of the table
 * 28             4       CRC-32C of bytes 0 to 27
 * 32             32      0
 * 64             64·n    the table, one entry per section in the order of the file
 * …                      the sections, each from the next multiple of 64 on, with zeros between; the file ends with
 *                        the last byte of the last section
 * </pre>
 *
 * <p>and an entry of the table is
 *
 * <pre>
 * 0              40      name, ASCII, padded with zeros; no two sections have the same
 * 40             4       type of the elements: 1 byte, 2 int32, 3 int64, 4 float32, 5 float64
 * 44             4       CRC-32C of the content
 * 48             8       offset of the content in the file
 * 56             8       number of elements
 * </pre>
 *
 * <p>The position of every section follows from the sizes before it, so a reader knows from the header and the table
 * alone whether the file can be what it says. Which sections a checkpoint of a training has is described with
 * {@code dev.filigree.training.checkpoint.Checkpoint}. Sections that a reader does not know are none of its business:
 * later versions may add some without another version number.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.io.checkpoint;
