package dev.filigree.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The most memory this process has held at once. */
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** Bytes, Java heap and everything else; null where Linux's {@code /proc} is missing. */
    public static @Nullable Long bytes() {
        try {
            return parse(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable Long parse(List<String> status) {
        return status.stream().filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty()).map(kilobytes -> 1024 * Long.parseLong(kilobytes)).findFirst()
                .orElse(null);
    }
}
