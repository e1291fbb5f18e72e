package dev.filigree.io.checkpoint;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes checkpoint files; the format is described with the package. */
public final class CheckpointWriter {
    /** What the cache still holds when it is written, after its sum was taken. */
    private static final long PIECE = 1 << 18;

    private CheckpointWriter() {}

    /**
     * Writes a file that is complete or not there: whatever fails, a file of that name stays as it was.
     *
     * @param file in a directory that exists
     * @param sections in the order of the file, of different names
     * @return size of the file in bytes
     * @throws IOException if the disk is full or fails
     */
    public static long write(Path file, List<SectionContent> sections) throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("%s: checkpoints are little-endian and this machine is not".formatted(file));
        }
        if (sections.stream().map(SectionContent::name).distinct().count() < sections.size()) {
            throw new IllegalArgumentException("%s: two sections have the same name".formatted(file));
        }
        long[] size = new long[1];
        AtomicFiles.writeThroughPath(file, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                size[0] = write(channel, sections);
            }
        });
        return size[0];
    }

    private static long write(FileChannel channel, List<SectionContent> contents) throws IOException {
        List<Section> sections = new ArrayList<>();
        long end = SectionTable.start(contents.size());
        for (SectionContent content : contents) {
            long offset = SectionTable.aligned(end);
            int sum = write(channel, offset, content.bytes());
            sections.add(content.at(offset, sum));
            end = offset + content.bytes().byteSize();
        }
        // Last: without it the rest is no checkpoint.
        writeFully(channel, SectionTable.encode(sections, end), 0);
        if (channel.size() < end) {
            // The last section is empty, and the space before it has not been written.
            writeFully(channel, ByteBuffer.allocate((int) (end - channel.size())), channel.size());
        }
        return end;
    }

    /** Returns the sum of what was written. */
    private static int write(FileChannel channel, long offset, MemorySegment bytes) throws IOException {
        CRC32C sum = new CRC32C();
        for (long done = 0; done < bytes.byteSize();) {
            ByteBuffer piece = bytes.asSlice(done, Math.min(PIECE, bytes.byteSize() - done)).asByteBuffer();
            sum.update(piece.duplicate());
            int length = piece.remaining();
            writeFully(channel, piece, offset + done);
            done += length;
        }
        return (int) sum.getValue();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        for (long at = offset; bytes.hasRemaining();) {
            at += channel.write(bytes, at);
        }
    }
}
