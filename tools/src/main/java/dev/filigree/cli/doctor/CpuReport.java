package dev.filigree.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The processor.
 *
 * @param model its name
 * @param availableProcessors hardware threads this process may use
 * @param avx2 whether it has AVX2 and FMA
 * @param avx512 whether it has the AVX-512 that dense kernels use (F, BW, DQ, VL)
 */
public record CpuReport(String model, int availableProcessors, boolean avx2, boolean avx512) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Reports this machine's; the name is {@code "unknown"} where Linux's {@code /proc/cpuinfo} is missing. */
    public static CpuReport current() {
        int processors = Runtime.getRuntime().availableProcessors();
        try {
            return parse(Files.readAllLines(CPU_INFO), processors);
        } catch (IOException e) {
            return new CpuReport("unknown (%s)".formatted(System.getProperty("os.arch")), processors, false, false);
        }
    }

    static CpuReport parse(List<String> cpuInfo, int processors) {
        Set<String> flags = Set.copyOf(List.of(field(cpuInfo, "flags", "").split(" ")));
        return new CpuReport(field(cpuInfo, "model name", "unknown (%s)".formatted(System.getProperty("os.arch"))),
                processors, flags.containsAll(Set.of("avx2", "fma")),
                flags.containsAll(Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl")));
    }

    // The first processor stands for all of them.
    private static String field(List<String> cpuInfo, String name, String otherwise) {
        return cpuInfo.stream().map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(name)).map(parts -> parts[1].strip())
                .findFirst().orElse(otherwise);
    }
}
