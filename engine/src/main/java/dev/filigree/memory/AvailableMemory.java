package dev.filigree.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the system can still give to this process without swapping: the kernel's own estimate, or what the
 * limit of its container (control group, version 2) leaves, if that is less.
 *
 * @param memoryInfo the kernel's {@code /proc/meminfo}
 * @param group the folder of the control group
 */
record AvailableMemory(Path memoryInfo, Path group) {
    private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable: +(\\d{1,15}) kB$", Pattern.MULTILINE);
    private static final Pattern INACTIVE = Pattern.compile("^inactive_file (\\d{1,18})$", Pattern.MULTILINE);
    private static final Pattern BYTES = Pattern.compile("^(\\d{1,18})$", Pattern.MULTILINE);

    /** Of this process. */
    static final AvailableMemory OF_PROCESS = new AvailableMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));

    /** In bytes; {@link Long#MAX_VALUE} where the system does not tell. */
    long bytes() {
        long machine = number(memoryInfo, AVAILABLE);
        long limit = number(group.resolve("memory.max"), BYTES);
        long used = number(group.resolve("memory.current"), BYTES);
        long container = Long.MAX_VALUE;
        if (limit >= 0 && used >= 0) {
            // Cached files count as used, but give way.
            long cached = Math.max(0, number(group.resolve("memory.stat"), INACTIVE));
            container = Math.max(0, limit - Math.max(0, used - cached));
        }
        return Math.min(machine < 0 ? Long.MAX_VALUE : machine * 1024, container);
    }

    /** The first number in a file that follows the pattern; -1 if there is none, or no such file. */
    private static long number(Path file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
