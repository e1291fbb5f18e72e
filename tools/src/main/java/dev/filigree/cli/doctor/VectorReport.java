package dev.filigree.cli.doctor;

import jdk.incubator.vector.FloatVector;

/**
 * The incubating Vector API.
 *
 * @param present whether the module {@code jdk.incubator.vector} is loaded
 * @param preferredBits width of the JVM's preferred float vector, 0 without the module
 */
public record VectorReport(boolean present, int preferredBits) {
    /** Reports the running JVM. */
    public static VectorReport current() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return new VectorReport(present, present ? Species.bits() : 0);
    }

    // A class of its own, so that the report loads without the module.
    private static final class Species {
        static int bits() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }
}
