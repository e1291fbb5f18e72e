package dev.filigree.benchmark.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The caches that Linux tells of. */
final class Caches {
    private static final Path FIRST_PROCESSOR = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Caches() {}

    /** Level, kind and size of each. */
    static List<String> ofFirstProcessor() {
        List<String> caches = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(FIRST_PROCESSOR, "index*")) {
            for (Path cache : found) {
                caches.add("L%s %s %s".formatted(read(cache, "level"), read(cache, "type"), read(cache, "size")));
            }
        } catch (IOException e) {
            return List.of();
        }
        caches.sort(null);
        return caches;
    }

    private static String read(Path cache, String property) throws IOException {
        return Files.readString(cache.resolve(property)).strip();
    }
}
