package dev.filigree.io.checkpoint;

import dev.filigree.io.FileFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The header and the table of a checkpoint file, to and from bytes; the format is described with the package. */
final class SectionTable {
    static final int HEADER_BYTES = 64;
    static final int ENTRY_BYTES = 64;
    static final int ALIGNMENT = 64;

    private static final long MAGIC = 0x0A1A0A0D_474C4689L;
    private static final int VERSION = 1;
    private static final int NAME_BYTES = 40;
    private static final int SUMMED_HEADER_BYTES = 28;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.]{1,40}");

    private SectionTable() {}

    /** The first multiple of the alignment from {@code offset} on. */
    static long aligned(long offset) {
        return Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT;
    }

    /** Where the first of {@code sections} sections begins. */
    static long start(int sections) {
        return aligned(HEADER_BYTES + (long) ENTRY_BYTES * sections);
    }

    /** Whether the format allows the name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Header and table as they begin a file.
     *
     * @param fileBytes size of the file
     */
    static ByteBuffer encode(List<Section> sections, long fileBytes) {
        ByteBuffer all = ByteBuffer.allocate(HEADER_BYTES + ENTRY_BYTES * sections.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < sections.size(); k++) {
            Section section = sections.get(k);
            int at = HEADER_BYTES + ENTRY_BYTES * k;
            all.put(at, section.name().getBytes(StandardCharsets.US_ASCII));
            all.putInt(at + 40, section.type().code()).putInt(at + 44, section.sum()).putLong(at + 48, section.offset())
                    .putLong(at + 56, section.count());
        }
        all.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, sections.size()).putLong(16, fileBytes);
        all.putInt(24, sum(all, HEADER_BYTES, all.capacity()));
        all.putInt(SUMMED_HEADER_BYTES, sum(all, 0, SUMMED_HEADER_BYTES));
        return all;
    }

    /**
     * Checks a header.
     *
     * @param header the first {@value #HEADER_BYTES} bytes
     * @param fileBytes real size of the file
     * @param where the file, for messages
     * @return number of sections, whose table fits the file
     */
    static int decodeHeader(ByteBuffer header, long fileBytes, Object where) throws FileFormatException {
        header.order(ByteOrder.LITTLE_ENDIAN);
        if (header.getLong(0) != MAGIC) {
            throw new FileFormatException(where, "is not a checkpoint: it does not begin like one");
        }
        if (header.getInt(SUMMED_HEADER_BYTES) != sum(header, 0, SUMMED_HEADER_BYTES)) {
            throw new FileFormatException(where, "the header is damaged: its sum is wrong");
        }
        if (header.getInt(8) != VERSION) {
            throw new FileFormatException(where, "is a checkpoint of version %s, but this Filigree reads version %d"
                    .formatted(Integer.toUnsignedString(header.getInt(8)), VERSION));
        }
        long stated = header.getLong(16);
        if (stated != fileBytes) {
            throw new FileFormatException(where, "has %,d bytes, but its header says %,d; the file is %s"
                    .formatted(fileBytes, stated, stated > fileBytes ? "cut off" : "damaged"));
        }
        int sections = header.getInt(12);
        if (sections < 0 || HEADER_BYTES + (long) ENTRY_BYTES * sections > fileBytes) {
            throw new FileFormatException(where, "%,d bytes have no room for %s sections".formatted(fileBytes,
                    Integer.toUnsignedString(sections)));
        }
        return sections;
    }

    /**
     * Checks a table, and that its sections are the rest of the file.
     *
     * @param header as {@link #decodeHeader} has accepted it
     * @param table the bytes behind the header
     */
    static List<Section> decode(ByteBuffer header, ByteBuffer table, long fileBytes, Object where)
            throws FileFormatException {
        table.order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(24) != sum(table, 0, table.capacity())) {
            throw new FileFormatException(where, "the table of sections is damaged: its sum is wrong");
        }
        List<Section> sections = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long end = HEADER_BYTES + (long) table.capacity();
        for (int at = 0; at < table.capacity(); at += ENTRY_BYTES) {
            Section section = entry(table, at, where);
            if (!names.add(section.name())) {
                throw new FileFormatException(where, "two sections are named '%s'".formatted(section.name()));
            }
            // In this order nothing overflows, whatever the numbers are.
            if (section.offset() != aligned(end) || section.count() < 0 || section.offset() > fileBytes
                    || section.count() > (fileBytes - section.offset()) / section.type().bytes()) {
                throw new FileFormatException(where,
                        "section '%s' is said to be %,d elements at byte %,d; expected it from byte %,d on, within %,d"
                                .formatted(section.name(), section.count(), section.offset(), aligned(end),
                                        fileBytes));
            }
            end = section.offset() + section.bytes();
            sections.add(section);
        }
        if (end != fileBytes) {
            throw new FileFormatException(where,
                    "the sections end at byte %,d, but the file at %,d".formatted(end, fileBytes));
        }
        return sections;
    }

    private static Section entry(ByteBuffer table, int at, Object where) throws FileFormatException {
        byte[] bytes = new byte[NAME_BYTES];
        table.get(at, bytes);
        String name = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\0+$", "");
        if (!isName(name)) {
            throw new FileFormatException(where, "'%s' is no name of a section; expected a-z, 0-9, '_' and '.'"
                    .formatted(FileFormatException.printable(name)));
        }
        return new Section(name, SectionType.of(table.getInt(at + 40), where), table.getInt(at + 44),
                table.getLong(at + 48), table.getLong(at + 56));
    }

    private static int sum(ByteBuffer bytes, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(from, to - from));
        return (int) sum.getValue();
    }
}
