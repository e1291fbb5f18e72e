package dev.filigree.io;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Finds the files that make_fixtures.py made. */
public final class Fixtures {
    private Fixtures() {}

    /** A file or folder beside make_fixtures.py. */
    public static Path fixture(String name) {
        URL url = Objects.requireNonNull(Fixtures.class.getResource("/dev/filigree/io/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
