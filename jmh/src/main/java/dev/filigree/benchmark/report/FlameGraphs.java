package dev.filigree.benchmark.report;

import dev.filigree.io.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sets up async-profiler, whose native library comes inside its jar, as JMH's profiler. */
public final class FlameGraphs {
    private static final String LIBRARY = "libasyncProfiler.so";

    private FlameGraphs() {}

    /**
     * Unpacks the native library into the directory, which is created if it is missing.
     *
     * @return options of JMH's profiler {@code async}; a flame graph per benchmark will be written below the directory
     */
    public static String into(Path directory) throws IOException {
        Path library = Files.createDirectories(directory).resolve(LIBRARY).toAbsolutePath();
        String resource = "/" + platform() + "/" + LIBRARY;
        try (InputStream in = FlameGraphs.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "async-profiler has no library for this system: %s is missing in its jar; it supports Linux and macOS on x86-64 and arm64"
                                .formatted(resource));
            }
            AtomicFiles.write(library, in::transferTo);
        }
        // Where the kernel gives no performance events, async-profiler takes timers for "cpu" by itself.
        return "libPath=%s;output=flamegraph;event=cpu;dir=%s".formatted(library, directory.toAbsolutePath());
    }

    private static String platform() {
        if (System.getProperty("os.name").startsWith("Mac")) {
            return "macos";
        }
        return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
    }
}
