package dev.filigree.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** What the Jazzer fuzzer calls; the system property {@code filigree.fuzz.reader} names the {@link FileReader}. */
public final class JazzerTarget {
    private static final FileReader READER = FileReader
            .valueOf(System.getProperty("filigree.fuzz.reader").toUpperCase(Locale.ROOT));
    private static final Attack ATTACK = attack();

    private JazzerTarget() {}

    private static Attack attack() {
        try {
            return new Attack(READER, Files.createTempDirectory("filigree-fuzz"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one input, a checkpoint with right sums too; whatever this throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ATTACK.run(input);
        if (READER == FileReader.CHECKPOINT) {
            ATTACK.run(CheckpointSums.repaired(input));
        }
    }
}
