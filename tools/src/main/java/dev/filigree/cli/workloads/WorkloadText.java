package dev.filigree.cli.workloads;

import dev.filigree.cli.text.TextTable;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link WorkloadReport} as text. */
public final class WorkloadText {
    private WorkloadText() {}

    /** Prints the report. */
    public static void print(WorkloadReport report, PrintWriter out) {
        out.printf("CPU      %s, %d hardware threads%n", report.machine().cpu(), report.machine().processors());
        out.printf("Kernels  %s; dense on %s; Java %s%n%n", report.machine().kernels(), report.machine().dense(),
                report.machine().java());
        TextTable table = new TextTable("workload", "network", "threads", "first s", "median s", "per",
                "vs dense", "evolution", "feed+eval", "peak MB", "data MB", "connections", "B/connection",
                "loss first → last", "data");
        for (WorkloadReport.Row row : report.rows()) {
            Measurement m = row.measurement();
            table.add(m.workload(), row.layers() + ", " + row.connectivity(), String.valueOf(m.threads()),
                    seconds(m.firstSeconds()), seconds(m.seconds()), m.unit(), ratio(row.speedUpOverDense()),
                    percent(m.evolutionShare()), percent(m.feedAndEvaluationShare()), megabytes(m.peakMemoryBytes()),
                    megabytes(m.dataBytes()), format("%,d", m.connections()), format("%.1f", m.bytesPerConnection()),
                    format("%.4f", m.firstLoss()) + " → " + format("%.4f", m.lastLoss()),
                    m.data() + format(", %,d samples", m.samples()));
        }
        table.print(out);
        out.println();
        out.println(
                "Every row ran in a process of its own. Median: of all epochs or steps after the first, which pays the"
                        + " compilation.");
        out.println(
                "An epoch includes its evaluation on the test samples; no workload uses dropout. Evolution: share of"
                        + " the epochs after");
        out.println(
                "the first that rewire, all but the last. vs dense: the dense network on OpenBLAS, same run, as many"
                        + " threads.");
        report.notes().forEach(out::println);
    }

    private static String seconds(double seconds) {
        return format(seconds < 1 ? "%.3f" : "%.2f", seconds);
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "-" : format("%.1f", ratio);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : format("%.1f %%", 100 * share);
    }

    private static String megabytes(@Nullable Long bytes) {
        return bytes == null ? "-" : format("%,.0f", bytes / 1e6);
    }

    private static String format(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
