package dev.filigree.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether kernels use the Vector API or the scalar reference, chosen once: the Vector API, or the reference, with a
 * warning, where the module jdk.incubator.vector is missing. The system property {@code filigree.kernels=scalar} forces
 * the reference.
 */
final class VectorApi {
    private static final Logger LOG = LoggerFactory.getLogger(VectorApi.class);

    private static final class Choice {
        static final boolean VECTOR = choose();
    }

    private VectorApi() {}

    static boolean isChosen() {
        return Choice.VECTOR;
    }

    private static boolean choose() {
        String forced = System.getProperty("filigree.kernels", "");
        switch (forced) {
            case "", "vector", "scalar" -> {
            }
            default -> throw new IllegalArgumentException(
                    "filigree.kernels is '%s', expected vector or scalar".formatted(forced));
        }
        if (forced.equals("scalar")) {
            return false;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            return true;
        }
        LOG.warn("The Vector API is missing, so kernels run about ten times slower in plain Java; "
                + "start Java with --add-modules jdk.incubator.vector");
        return false;
    }
}
