package dev.filigree.cli.bench;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.DenseBackends;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why the figures are not to be trusted. */
public final class BenchWarnings {
    private static final double BUSY = 1.5;

    private BenchWarnings() {}

    /** About this machine now, one sentence each; empty if there is nothing to say. */
    public static List<String> current() {
        return about(DenseBackends.best(), System.getenv(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /**
     * What spoils a comparison.
     *
     * @param dense computes the dense layers
     * @param environment of the process
     * @param load average of the last minute; negative if unknown
     */
    static List<String> about(DenseBackend dense, Map<String, String> environment, double load) {
        List<String> warnings = new ArrayList<>();
        if (dense.coreType().isEmpty()) {
            warnings.add(("Dense layers run on %s instead of OpenBLAS, about ten times slower: every speed-up here is"
                    + " that much too high.").formatted(dense.description()));
        }
        for (String variable : List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")) {
            String value = environment.get(variable);
            if (value != null) {
                warnings.add("%s=%s is set, so OpenBLAS does not choose what fits this CPU, and may be much slower."
                        .formatted(variable, value));
            }
        }
        if (load > BUSY) {
            warnings.add(String.format(Locale.ROOT,
                    "The machine is busy (load average %.1f): the figures are not to be trusted. Run it alone.",
                    load));
        }
        return List.copyOf(warnings);
    }
}
