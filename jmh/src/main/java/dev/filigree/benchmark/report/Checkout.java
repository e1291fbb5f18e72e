package dev.filigree.benchmark.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the program was built in, asked through git. */
final class Checkout {
    private Checkout() {}

    /** Its commit, such as {@code "v0.1-12-g3497fc4-dirty"}; {@code "unknown"} where git does not answer. */
    static String commit() {
        try {
            Path program = Path.of(Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Process git = new ProcessBuilder("git", "describe", "--always", "--tags", "--dirty")
                    .directory(directory(program).toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var out = git.inputReader()) {
                String commit = out.readLine();
                return commit == null || commit.isBlank() ? "unknown" : commit;
            }
        } catch (IOException | URISyntaxException e) {
            return "unknown";
        }
    }

    private static Path directory(Path program) {
        Path parent = program.getParent();
        return Files.isDirectory(program) || parent == null ? program : parent;
    }
}
