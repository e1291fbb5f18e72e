package dev.filigree.io;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The element type of an NPY array, NumPy's dtype.
 *
 * @param kind what the bits mean
 * @param bytes size of one element
 * @param order byte order of one element
 */
record NpyType(Kind kind, int bytes, ByteOrder order) {
    private static final Pattern DESCR = Pattern.compile("([<>|=]?)([biufSU])([0-9]{1,6})");

    /** What the bits of an element mean. */
    enum Kind {
        BOOL('b'), SIGNED('i'), UNSIGNED('u'), FLOAT('f'), BYTES('S'), UNICODE('U');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** The type NumPy writes as {@code descr}, if it is one that can be read. */
    static Optional<NpyType> parse(String descr) {
        Matcher matcher = DESCR.matcher(descr);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ByteOrder order = switch (matcher.group(1)) {
            case "<" -> ByteOrder.LITTLE_ENDIAN;
            case ">" -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
        int size = Integer.parseInt(matcher.group(3));
        boolean isNumber = size == 1 || size == 2 || size == 4 || size == 8;
        return switch (matcher.group(2)) {
            case "b" -> size == 1 ? Optional.of(new NpyType(Kind.BOOL, size, order)) : Optional.empty();
            case "i" -> isNumber ? Optional.of(new NpyType(Kind.SIGNED, size, order)) : Optional.empty();
            case "u" -> isNumber ? Optional.of(new NpyType(Kind.UNSIGNED, size, order)) : Optional.empty();
            case "f" -> size >= 4 && isNumber ? Optional.of(new NpyType(Kind.FLOAT, size, order)) : Optional.empty();
            case "S" -> Optional.of(new NpyType(Kind.BYTES, size, order));
            default -> Optional.of(new NpyType(Kind.UNICODE, 4 * size, order));
        };
    }

    /** The type of an off-heap array's elements. */
    static NpyType of(OffHeapArray array) {
        Kind kind = array instanceof FloatArray ? Kind.FLOAT : Kind.SIGNED;
        return new NpyType(kind, array instanceof LongArray ? 8 : 4, ByteOrder.nativeOrder());
    }

    /** NumPy's name of the type, such as {@code <f4}. */
    String descr() {
        if (kind == Kind.UNICODE) {
            return (order == ByteOrder.LITTLE_ENDIAN ? "<U" : ">U") + bytes / 4;
        }
        boolean orderMatters = kind != Kind.BYTES && bytes > 1;
        return (orderMatters ? order == ByteOrder.LITTLE_ENDIAN ? "<" : ">" : "|") + kind.letter + bytes;
    }

    boolean isInteger() {
        return kind == Kind.BOOL || kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    boolean isText() {
        return kind == Kind.BYTES || kind == Kind.UNICODE;
    }

    /** Whether memory of {@code other} holds the same bits in the same order. */
    boolean isSameLayout(NpyType other) {
        return kind == other.kind && bytes == other.bytes && order == other.order;
    }

    /** The integer at {@code position}; a uint64 of 2^63 or more comes out negative. */
    long longAt(ByteBuffer buffer, int position) {
        boolean signed = kind == Kind.SIGNED;
        return switch (bytes) {
            case 1 -> kind == Kind.BOOL
                    ? buffer.get(position) == 0 ? 0 : 1
                    : signed ? buffer.get(position) : Byte.toUnsignedLong(buffer.get(position));
            case 2 -> signed ? buffer.getShort(position) : Short.toUnsignedLong(buffer.getShort(position));
            case 4 -> signed ? buffer.getInt(position) : Integer.toUnsignedLong(buffer.getInt(position));
            default -> buffer.getLong(position);
        };
    }

    /** The number at {@code position}, rounded to the nearest float. */
    float floatAt(ByteBuffer buffer, int position) {
        if (kind == Kind.FLOAT) {
            return bytes == 4 ? buffer.getFloat(position) : (float) buffer.getDouble(position);
        }
        long value = longAt(buffer, position);
        boolean beyondLong = kind == Kind.UNSIGNED && value < 0;
        // Halving keeps the lowest bit, so that the rounding sees it.
        return beyondLong ? 2f * ((value >>> 1) | (value & 1)) : value;
    }
}
