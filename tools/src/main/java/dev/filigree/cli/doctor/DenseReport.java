package dev.filigree.cli.doctor;

import dev.filigree.dense.DenseBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The dense backends that were found.
 *
 * @param backends the ones that load, the one that is used first
 * @param failures why others do not load, one message each
 */
public record DenseReport(List<Backend> backends, List<String> failures) {
    /**
     * A backend that loads.
     *
     * @param coreType the CPU type whose kernels it runs, if it chooses among several
     * @param gflops measured speed of one thread in GFLOP/s
     */
    public record Backend(String name, String description, @Nullable String coreType, double gflops) {
        static Backend measured(DenseBackend backend) {
            return new Backend(backend.name(), backend.description(), backend.coreType().orElse(null),
                    GemmSpeed.measure(backend));
        }
    }

    /** Loads and measures every registered backend, about a second each. */
    public static DenseReport current() {
        List<DenseBackend> loaded = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (ServiceLoader.Provider<DenseBackend> provider : ServiceLoader.load(DenseBackend.class).stream().toList()) {
            try {
                loaded.add(provider.get());
            } catch (ServiceConfigurationError e) {
                failures.add(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            }
        }
        loaded.sort((left, right) -> Integer.compare(right.priority(), left.priority()));
        return new DenseReport(loaded.stream().map(Backend::measured).toList(), List.copyOf(failures));
    }

    /** The backend that dense layers use; empty if none was found. */
    public Optional<Backend> chosen() {
        return backends.stream().findFirst();
    }
}
