package dev.filigree.benchmark.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.filigree.cli.doctor.VectorReport;
import dev.filigree.cli.run.MachineFacts;
import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What results have to be read with.
 *
 * @param date when the run started, UTC
 * @param commit of the checkout that the program lies in, {@code "unknown"} outside of one
 * @param machine processor, JVM, kernels, OpenBLAS with its core type
 * @param vectorBits width of the JVM's preferred float vector
 * @param caches of the first processor, such as {@code "L2 Unified 512K"}; empty where Linux does not tell
 * @param jvmFlags of this JVM and of every fork
 * @param environment what is set for OpenBLAS, OpenMP and MKL
 */
public record Manifest(String date, String commit, MachineFacts machine, int vectorBits, List<String> caches,
        List<String> jvmFlags, Map<String, String> environment) {
    /** Describes this machine and JVM. */
    public static Manifest current() {
        return new Manifest(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Checkout.commit(),
                MachineFacts.current(), VectorReport.current().preferredBits(), Caches.ofFirstProcessor(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(), relevant(System.getenv()));
    }

    private static Map<String, String> relevant(Map<String, String> environment) {
        Map<String, String> relevant = new TreeMap<>(environment);
        relevant.keySet().removeIf(name -> !name.matches("(OPENBLAS|GOTO|OMP|MKL|KMP)_.*"));
        return relevant;
    }

    /** Whether the processor is AMD's. */
    public boolean onAmd() {
        return machine.cpu().contains("AMD");
    }

    /** The variables by which OpenBLAS chooses other kernels or blocks than it would for this processor. */
    public List<String> distortions() {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().matches("OPENBLAS_(CORETYPE|L2_SIZE)"))
                .map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
    }

    /** Writes it as JSON. */
    public void write(Path file) throws IOException {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        AtomicFiles.write(file, out -> mapper.writeValue(out, this));
    }
}
