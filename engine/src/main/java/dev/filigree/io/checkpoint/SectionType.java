package dev.filigree.io.checkpoint;

import dev.filigree.io.FileFormatException;

/** What a section's elements are. */
enum SectionType {
    BYTE(1, 1), INT32(2, 4), INT64(3, 8), FLOAT32(4, 4), FLOAT64(5, 8);

    private final int code;
    private final int bytes;

    SectionType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number that stands for it in a file. */
    int code() {
        return code;
    }

    /** Size of one element. */
    int bytes() {
        return bytes;
    }

    /**
     * The type of a number in a file.
     *
     * @param where the file, for the message
     */
    static SectionType of(int code, Object where) throws FileFormatException {
        for (SectionType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new FileFormatException(where, "type %d of a section, expected 1 to 5".formatted(code));
    }
}
