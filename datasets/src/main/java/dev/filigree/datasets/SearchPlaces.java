package dev.filigree.datasets;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shared folders that are searched for a named data set when the user gives no folder, in this order.
 *
 * @param environment the folder that {@link #VARIABLE} names, or {@code null} if it is not set
 * @param cache the user's own data folder, {@code ~/.cache/filigree}
 * @param system where Debian's data set packages install, {@code /usr/share/datasets}
 */
public record SearchPlaces(@Nullable Path environment, Path cache, Path system) {
    /** The environment variable that names a data folder. */
    public static final String VARIABLE = "FILIGREE_DATA";

    /** The places of this machine and user. */
    public static SearchPlaces ofThisMachine() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/usr/share/datasets"));
    }

    /**
     * The places under another environment, home and system folder.
     *
     * @param environment environment variables; an empty {@link #VARIABLE} counts as not set
     */
    public static SearchPlaces of(Map<String, String> environment, Path home, Path system) {
        String folder = environment.getOrDefault(VARIABLE, "");
        return new SearchPlaces(folder.isEmpty() ? null : Path.of(folder), home.resolve(".cache").resolve("filigree"),
                system);
    }
}
