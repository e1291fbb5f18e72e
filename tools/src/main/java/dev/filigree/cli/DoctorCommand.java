package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.cli.doctor.DenseReport;
import dev.filigree.cli.doctor.DoctorReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports what decides Filigree's speed on this machine, and what is wrong with it. */
@Command(name = "doctor", //
        description = "Shows what this machine offers and where the data sets are, measures its dense speed and warns of"
                + " what makes Filigree slow.", //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree doctor", "  filigree doctor --json | jq .warnings",
                "  filigree --blas-core Haswell doctor"})
final class DoctorCommand implements Callable<Integer> {
    private static final double GIB = 1L << 30;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        DoctorReport report = DoctorReport.current();
        if (json) {
            printJson(report, out);
        } else {
            printText(report, out);
        }
        out.flush();
        return 0;
    }

    private static void printJson(DoctorReport report, PrintWriter out) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.valueToTree(report);
        object.set("warnings", mapper.valueToTree(report.warnings()));
        out.println(mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object));
    }

    private static void printText(DoctorReport report, PrintWriter out) {
        line(out, "Java", "%s, %s (%s)".formatted(report.java().version(), report.java().vendor(),
                report.java().home()));
        line(out, "Vector API", report.vector().present()
                ? "present, %d bits preferred".formatted(report.vector().preferredBits())
                : "missing");
        line(out, "Kernels", report.kernels().provider());
        line(out, "CPU", "%s, %d threads, AVX2 %s, AVX-512 %s".formatted(report.cpu().model(),
                report.cpu().availableProcessors(), yesOrNo(report.cpu().avx2()), yesOrNo(report.cpu().avx512())));
        line(out, "Memory", "%.1f GiB (%.1f GiB free), Java heap up to %.1f GiB, off-heap up to the memory"
                .formatted(report.memory().physical() / GIB, report.memory().free() / GIB,
                        report.memory().heapLimit() / GIB));
        for (DenseReport.Backend backend : report.dense().backends()) {
            line(out, "Dense", "%s: %s".formatted(backend.name(), backend.description()));
            line(out, "", "%.1f GFLOP/s on one thread (1024 x 1024 x 1024, single precision)"
                    .formatted(backend.gflops()));
        }
        String label = "Data";
        for (String sentence : report.data().sentences()) {
            line(out, label, sentence);
            label = "";
        }
        List<String> warnings = report.warnings();
        out.println();
        if (warnings.isEmpty()) {
            out.println("Nothing to complain about.");
        }
        for (String warning : warnings) {
            out.println("WARNING: " + warning);
        }
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf("%-11s %s%n", label, value);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }
}
