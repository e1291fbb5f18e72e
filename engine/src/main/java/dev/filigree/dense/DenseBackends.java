package dev.filigree.dense;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the dense backend. */
public final class DenseBackends {
    private static final Logger LOG = LoggerFactory.getLogger(DenseBackends.class);

    private static final class Best {
        static final DenseBackend INSTANCE = lookup();
    }

    private DenseBackends() {}

    /**
     * The backend of the highest priority, chosen once. Where no native library loads, plain Java, with a warning.
     */
    public static DenseBackend best() {
        return Best.INSTANCE;
    }

    private static DenseBackend lookup() {
        DenseBackend best = new JavaDenseBackend();
        String reason = "no native backend is on the class path";
        for (var found = ServiceLoader.load(DenseBackend.class).iterator();;) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                DenseBackend backend = found.next();
                if (backend.priority() > best.priority()) {
                    best = backend;
                }
            } catch (ServiceConfigurationError e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                reason = String.valueOf(cause.getMessage());
            }
        }
        if (best instanceof JavaDenseBackend) {
            LOG.warn("Dense layers run in plain Java, about ten times slower than on OpenBLAS: {}", reason);
        }
        return best;
    }
}
