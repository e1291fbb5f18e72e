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
 * @param process the kernel's {@code /proc/self/statm}
 */
record AvailableMemory(Path memoryInfo, Path group, Path process) {
    private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable: +(\\d{1,15}) kB$", Pattern.MULTILINE);
    private static final Pattern INACTIVE = Pattern.compile("^inactive_file (\\d{1,18})$", Pattern.MULTILINE);
    private static final Pattern RESIDENT_PAGES = Pattern.compile("^\\d+ (\\d{1,14}) ");
    private static final int PAGE = 4096;
    private static final Pattern BYTES = Pattern.compile("^(\\d{1,18})$", Pattern.MULTILINE);

    /** Of this process. */
    static final AvailableMemory OF_PROCESS = new AvailableMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"),
            Path.of("/proc/self/statm"));

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

    /**
     * Memory that the process really occupies, its heap and code included; {@link Long#MAX_VALUE} where the system does not
     * tell.
     */
    long residentBytes() {
        long pages = number(process, RESIDENT_PAGES);
        return pages < 0 ? Long.MAX_VALUE : pages * PAGE;
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
