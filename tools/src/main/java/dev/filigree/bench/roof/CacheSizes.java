package dev.filigree.bench.roof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Sizes of the data caches of one core, in bytes.
 *
 * @param l1 first level
 * @param l2 second level
 * @param l3 third level, usually shared by several cores; 0 if there is none
 * @param known whether the system told them; otherwise they are assumed
 */
public record CacheSizes(long l1, long l2, long l3, boolean known) {
    private static final Path SYSTEM = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final CacheSizes TYPICAL = new CacheSizes(32 << 10, 512 << 10, 16 << 20, false);
    private static final int MOST_CACHES = 10;

    /** This machine's, as Linux reports them; typical sizes where it does not. */
    public static CacheSizes current() {
        return read(SYSTEM);
    }

    /** Reads {@code indexN/level}, {@code type} and {@code size} below a directory. */
    static CacheSizes read(Path directory) {
        long[] sizes = new long[4];
        for (int index = 0; index < MOST_CACHES; index++) {
            Path cache = directory.resolve("index" + index);
            try {
                int level = Integer.parseInt(Files.readString(cache.resolve("level")).strip());
                String type = Files.readString(cache.resolve("type")).strip();
                OptionalLong bytes = parse(Files.readString(cache.resolve("size")).strip());
                if (!type.equals("Instruction") && level < sizes.length && bytes.isPresent()) {
                    sizes[level] = bytes.getAsLong();
                }
            } catch (IOException | NumberFormatException e) {
                break; // Linux numbers them without gaps: there are no more, or it tells nothing.
            }
        }
        return sizes[1] > 0 && sizes[2] > 0 ? new CacheSizes(sizes[1], sizes[2], sizes[3], true) : TYPICAL;
    }

    private static OptionalLong parse(String size) {
        if (!size.matches("\\d+[KMG]?")) {
            return OptionalLong.empty();
        }
        int shift = size.endsWith("K") ? 10 : size.endsWith("M") ? 20 : size.endsWith("G") ? 30 : 0;
        return OptionalLong.of(Long.parseLong(size.replaceAll("[KMG]", "")) << shift);
    }
}
