package dev.filigree.cli.doctor;

/**
 * The JVM that runs.
 *
 * @param version such as {@code "25.0.3+9-LTS"}
 * @param vendor who built it
 * @param home its directory
 */
public record JavaReport(String version, String vendor, String home) {
    /** Reports the running JVM. */
    public static JavaReport current() {
        return new JavaReport(Runtime.version().toString(), System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    }
}
