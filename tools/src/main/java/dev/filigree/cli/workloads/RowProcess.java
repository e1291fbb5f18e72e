package dev.filigree.cli.workloads;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures in a process of its own, with the Java, options and class path of this one: peak memory and compiled code
 * are the workload's alone.
 */
public final class RowProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mainClass;

    /**
     * Starts processes.
     *
     * @param mainClass what they run
     */
    public RowProcess(String mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * Runs a process that prints one {@link Measurement} as JSON.
     *
     * @param arguments of the main class
     * @throws IOException if it fails; the message is the last line that it has printed on standard error
     */
    public Measurement measure(List<String> arguments) throws IOException {
        Path errors = Files.createTempFile("filigree-workload", ".err");
        try {
            Process process = new ProcessBuilder(command(arguments)).redirectError(errors.toFile()).start();
            Thread hook = Thread.ofPlatform().unstarted(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int exitCode = process.waitFor();
                if (exitCode != 0) {
                    throw new IOException(lastLine(errors, exitCode));
                }
                return JSON.readValue(out, Measurement.class);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                process.destroyForcibly();
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } finally {
            Files.delete(errors);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command()
                .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    private static String lastLine(Path errors, int exitCode) throws IOException {
        return Files.readAllLines(errors).stream().filter(line -> !line.isBlank()).reduce((before, last) -> last)
                .map(line -> line.replaceFirst("^filigree: ", ""))
                .orElse("the process ended with exit code " + exitCode + " and said nothing");
    }
}
