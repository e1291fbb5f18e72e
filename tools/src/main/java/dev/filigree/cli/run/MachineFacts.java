package dev.filigree.cli.run;

import dev.filigree.cli.doctor.CpuReport;
import dev.filigree.cli.doctor.JavaReport;
import dev.filigree.dense.DenseBackends;
import dev.filigree.kernel.SparseKernels;
import java.util.Objects;

/**
 * What a run ran on.
 *
 * @param filigree version of Filigree
 * @param java version of the JVM
 * @param javaVendor who built it
 * @param system operating system and its version
 * @param cpu model of the processor
 * @param processors hardware threads
 * @param kernels sparse kernels, with their vector width
 * @param dense backend of dense layers
 */
public record MachineFacts(String filigree, String java, String javaVendor, String system, String cpu, int processors,
        String kernels, String dense) {
    /** Describes this machine. */
    public static MachineFacts current() {
        JavaReport java = JavaReport.current();
        CpuReport cpu = CpuReport.current();
        return new MachineFacts(
                Objects.requireNonNullElse(MachineFacts.class.getPackage().getImplementationVersion(),
                        "not from a jar"),
                java.version(), java.vendor(),
                "%s %s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                cpu.model(), cpu.availableProcessors(), SparseKernels.best().name(),
                DenseBackends.best().description());
    }
}
