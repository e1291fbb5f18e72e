package dev.filigree.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** What the Jazzer fuzzer calls; the system property {@code filigree.fuzz.reader} names the {@link FileReader}. */
public final class JazzerTarget {
    private static final Attack ATTACK = attack();

    private JazzerTarget() {}

    private static Attack attack() {
        try {
            FileReader reader = FileReader.valueOf(System.getProperty("filigree.fuzz.reader").toUpperCase(Locale.ROOT));
            return new Attack(reader, Files.createTempDirectory("filigree-fuzz"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one input; whatever this throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ATTACK.run(input);
    }
}
