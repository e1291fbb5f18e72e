package dev.filigree.io.checkpoint;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A section to be written: a name and an array. Off-heap arrays are not copied and stay the caller's. */
public final class SectionContent {
    private final String name;
    private final SectionType type;
    private final MemorySegment bytes;

    private SectionContent(String name, SectionType type, MemorySegment bytes) {
        if (!SectionTable.isName(name)) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a section; expected 1 to 40 of a-z, 0-9, '_' and '.'".formatted(name));
        }
        this.name = name;
        this.type = type;
        this.bytes = bytes;
    }

    /** Numbers of 32 bits. */
    public static SectionContent of(String name, FloatArray values) {
        return new SectionContent(name, SectionType.FLOAT32, values.segment());
    }

    /** Numbers of 32 bits. */
    public static SectionContent of(String name, IntArray values) {
        return new SectionContent(name, SectionType.INT32, values.segment());
    }

    /** Numbers of 64 bits. */
    public static SectionContent of(String name, LongArray values) {
        return new SectionContent(name, SectionType.INT64, values.segment());
    }

    /** Numbers of 64 bits, copied. */
    public static SectionContent of(String name, long... values) {
        ByteBuffer buffer = buffer(values.length);
        buffer.asLongBuffer().put(values);
        return new SectionContent(name, SectionType.INT64, MemorySegment.ofBuffer(buffer));
    }

    /** Numbers of 64 bits, copied. */
    public static SectionContent of(String name, double... values) {
        ByteBuffer buffer = buffer(values.length);
        buffer.asDoubleBuffer().put(values);
        return new SectionContent(name, SectionType.FLOAT64, MemorySegment.ofBuffer(buffer));
    }

    /** A text, in UTF-8. */
    public static SectionContent of(String name, String text) {
        return new SectionContent(name, SectionType.BYTE,
                MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ByteBuffer buffer(int elements) {
        return ByteBuffer.allocate(8 * elements).order(ByteOrder.LITTLE_ENDIAN);
    }

    String name() {
        return name;
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** Its entry in the table. */
    Section at(long offset, int sum) {
        return new Section(name, type, sum, offset, bytes.byteSize() / type.bytes());
    }
}
