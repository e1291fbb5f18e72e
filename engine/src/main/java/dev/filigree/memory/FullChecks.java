package dev.filigree.memory;

/**
 * Whether everything is checked that is otherwise right by construction: every index in every array that kernels follow,
 * before each call. The system property {@code filigree.checks=full} turns that on; without it, it costs nothing.
 */
public final class FullChecks {
    /** True if it is on. */
    public static final boolean ENABLED = isChosen(System.getProperty("filigree.checks", ""));

    private FullChecks() {}

    private static boolean isChosen(String checks) {
        return switch (checks) {
            case "" -> false;
            case "full" -> true;
            default -> throw new IllegalArgumentException(
                    "filigree.checks is '%s', expected full, or nothing for none".formatted(checks));
        };
    }
}
