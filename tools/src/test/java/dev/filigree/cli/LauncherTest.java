package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of {@code tools/bin/filigree} in a checkout made up for the test, with JDKs made up too. */
class LauncherTest {
    private static final Path BASH = Path.of("/bin/bash");
    private static final String SYSTEM_TOOLS = "/usr/bin:/bin";

    @TempDir
    Path directory;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeABuiltCheckout() throws IOException {
        assumeTrue(Files.isExecutable(BASH), "the launcher needs /bin/bash");
        root = directory.toRealPath().resolve("checkout");
        for (String module : List.of("engine", "native-bindings", "datasets", "tools")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        Files.createDirectories(root.resolve("tools/bin"));
        for (String script : List.of("filigree", "find-java")) {
            Path copy = Files.copy(Path.of("bin", script), root.resolve("tools/bin").resolve(script));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(root.resolve("tools/target/filigree/lib"));
        Files.createFile(stamp());
        Files.setLastModifiedTime(stamp(), FileTime.from(Instant.now().plusSeconds(60)));
        environment.put("HOME", directory.toString());
        environment.put("PATH", SYSTEM_TOOLS);
        environment.put("FILIGREE_JVM_DIRS", directory.resolve("jvm").toString());
    }

    @Test
    void passesArgumentsAndExitCodeThrough() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25.0.1"));
        Processes.Result result = launch("train", "two words", "", "--", "--blas-core");
        assertThat(result.exitCode()).isEqualTo(42);
        assertThat(result.out()).contains("[dev.filigree.cli.Filigree][train][two words][][--][--blas-core]");
    }

    @Test
    void startsThroughASymbolicLink() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        Path link = Files.createSymbolicLink(directory.resolve("filigree"), launcher());
        assertThat(launch(link, List.of()).out())
                .contains("[-cp][" + root.resolve("tools/target/filigree/lib/*") + "]");
    }

    @Test
    void javaOptionsOfTheUserComeLast() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("FILIGREE_JAVA_OPTS", "-Xmx7g -Da=b");
        assertThat(launch().out()).contains("[-Xmx1g][-Xmx7g][-Da=b][-cp]");
    }

    @Test
    void clearsTheOpenBlasSettingsOfOtherPrograms() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("OPENBLAS_CORETYPE", "Nehalem");
        environment.put("OPENBLAS_L2_SIZE", "512");
        assertThat(launch("doctor").out()).contains("core=unset l2=unset");
    }

    @Test
    void blasCoreGoesToOpenBlasAndNotToTheProgram() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        assertThat(launch("doctor", "--blas-core", "Haswell", "--json").out()).contains("core=Haswell",
                "Filigree][doctor][--json]");
        assertThat(launch("--blas-core=Zen", "doctor").out()).contains("core=Zen", "Filigree][doctor]");
    }

    @Test
    void blasCoreWithoutATypeIsAUsageError() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        Processes.Result result = launch("doctor", "--blas-core");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("filigree: --blas-core needs a CPU type");
    }

    @Test
    void takesTheNewestJdkAroundWhenJavaHomeIsTooOld() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("17.0.15"));
        fakeJdk("25.0.3");
        fakeJdk("26");
        assertThat(launch().out()).contains("jdk=26\n");
    }

    @Test
    void recentJavaHomeBeatsANewerJdk() throws Exception {
        fakeJdk("26");
        environment.put("JAVA_HOME", fakeJdk("25.0.3"));
        assertThat(launch().out()).contains("jdk=25.0.3\n");
    }

    @Test
    void withoutARecentJdkSaysWhereItLookedAndHowToInstallOne() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("17.0.15"));
        environment.put("PATH", toolsWithout("java"));
        Processes.Result result = launch("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("filigree: needs a JDK 25 or newer").contains("JAVA_HOME",
                environment.get("FILIGREE_JVM_DIRS"), "apt install openjdk-25-jdk-headless", "sdk install java");
    }

    @Test
    void buildsWhenASourceIsNewer() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("PATH", toolsWith("mvn", "#!/bin/sh\nmkdir -p tools/target/filigree/lib\n"));
        Files.setLastModifiedTime(stamp(), FileTime.from(Instant.EPOCH));
        Processes.Result result = launch("doctor");
        assertThat(result.err()).isEqualTo("filigree: building (the sources have changed) …\n");
        assertThat(result.exitCode()).isEqualTo(42);
        assertThat(launch("doctor").err()).isEmpty();
    }

    @Test
    void buildsWhenNothingIsBuilt() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("PATH", toolsWith("mvn", "#!/bin/sh\nmkdir -p tools/target/filigree/lib\n"));
        Files.delete(stamp());
        assertThat(launch("doctor").err()).isEqualTo("filigree: building (first run, about a minute) …\n");
    }

    @Test
    void failedBuildShowsMavensErrors() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("PATH", toolsWith("mvn", "#!/bin/sh\necho noise\necho '[ERROR] cannot find symbol'\nexit 1\n"));
        Files.delete(stamp());
        Processes.Result result = launch("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("cannot find symbol", "the build failed")
                .doesNotContain("noise");
    }

    @Test
    void missingMavenIsReported() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("25"));
        environment.put("PATH", toolsWithout("mvn"));
        Files.delete(stamp());
        Processes.Result result = launch("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Maven is not installed");
    }

    private Path launcher() {
        return root.resolve("tools/bin/filigree");
    }

    private Path stamp() {
        return root.resolve("tools/target/filigree/built");
    }

    private Processes.Result launch(String... arguments) throws IOException, InterruptedException {
        return launch(launcher(), List.of(arguments));
    }

    private Processes.Result launch(Path program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BASH.toString(), program.toString()));
        command.addAll(arguments);
        return Processes.run(environment, command);
    }

    /** A directory like a JDK's whose {@code java} prints how it was called and returns 42. */
    private String fakeJdk(String version) throws IOException {
        Path home = directory.resolve("jvm").resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        script(home.resolve("bin/java"), """
                #!/bin/sh
                echo "jdk=%s"
                echo "core=${OPENBLAS_CORETYPE-unset} l2=${OPENBLAS_L2_SIZE-unset}"
                printf '[%%s]' "$@"
                exit 42
                """.formatted(version));
        return home.toString();
    }

    /** A PATH with the system's programs but one. */
    private String toolsWithout(String missing) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("bash", "cat", "dirname", "find", "flock", "grep", "head", "mkdir", "mv",
                "readlink", "rm", "sed", "uname")) {
            Path original = Path.of("/usr/bin", tool);
            if (!tool.equals(missing) && Files.exists(original)) {
                Files.createSymbolicLink(bin.resolve(tool), original);
            }
        }
        return bin.toString();
    }

    private String toolsWith(String name, String script) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("own"));
        script(bin.resolve(name), script);
        return bin + ":" + SYSTEM_TOOLS;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
