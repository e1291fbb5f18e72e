package dev.filigree.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything about the machine that decides how fast Filigree runs on it, and where its data is.
 *
 * @param forcedCoreType value of the environment variable {@code OPENBLAS_CORETYPE}, if it is set
 */
public record DoctorReport(JavaReport java, VectorReport vector, KernelReport kernels, CpuReport cpu,
        MemoryReport memory, DenseReport dense, DataReport data, @Nullable String forcedCoreType) {
    // As openblas_get_corename() spells them, in lower case.
    private static final Set<String> AVX512_CORES = Set.of("skylakex", "cooperlake", "sapphirerapids");
    private static final Set<String> AVX2_CORES = Set.of("haswell", "zen", "excavator");

    /** Examines this machine; takes about a second. */
    public static DoctorReport current() {
        return new DoctorReport(JavaReport.current(), VectorReport.current(), KernelReport.current(),
                CpuReport.current(), MemoryReport.current(), DenseReport.current(), DataReport.current(),
                System.getenv("OPENBLAS_CORETYPE"));
    }

    /** What makes Filigree slower than the machine is, one sentence each; empty if nothing does. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!vector.present()) {
            warnings.add(
                    "The Vector API is missing, so sparse layers run on scalar code: start Java with --add-modules jdk.incubator.vector.");
        } else if (cpu.avx512() && vector.preferredBits() < 512) {
            warnings.add(
                    "The CPU has AVX-512, but the JVM prefers vectors of %d bits: try FILIGREE_JAVA_OPTS=-XX:UseAVX=3."
                            .formatted(vector.preferredBits()));
        }
        for (String failure : dense.failures()) {
            warnings.add("A dense backend does not load: " + failure);
        }
        dense.chosen().ifPresentOrElse(backend -> addBackendWarnings(backend, warnings),
                () -> warnings.add("No dense backend was found on the class path."));
        return warnings;
    }

    private void addBackendWarnings(DenseReport.Backend backend, List<String> warnings) {
        String coreType = backend.coreType();
        if (coreType == null) {
            warnings.add("Dense layers run on %s instead of a native library, so they are slow: OpenBLAS is missing."
                    .formatted(backend.name()));
            return;
        }
        if (forcedCoreType != null) {
            warnings.add(
                    "OPENBLAS_CORETYPE=%s is set (--blas-core sets it), so OpenBLAS does not choose what fits this CPU."
                            .formatted(forcedCoreType));
        }
        String core = coreType.toLowerCase(Locale.ROOT);
        boolean avx512Core = AVX512_CORES.contains(core);
        if (cpu.avx512() && !avx512Core) {
            warnings.add("The CPU has AVX-512, but OpenBLAS runs its kernels for %s: try --blas-core SkylakeX."
                    .formatted(coreType));
        } else if (cpu.avx2() && !avx512Core && !AVX2_CORES.contains(core)) {
            warnings.add("The CPU has AVX2, but OpenBLAS runs its kernels for %s: try --blas-core Haswell."
                    .formatted(coreType));
        }
    }
}
