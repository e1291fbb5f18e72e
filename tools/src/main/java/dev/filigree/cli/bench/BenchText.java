package dev.filigree.cli.bench;

import dev.filigree.bench.Ceiling;
import dev.filigree.bench.Pass;
import dev.filigree.bench.ShapeSweep;
import dev.filigree.bench.Spread;
import dev.filigree.bench.SweepPoint;
import dev.filigree.bench.roof.Roofs;
import dev.filigree.cli.text.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables that {@code bench} prints. */
public final class BenchText {
    /** Of a layer that took no longer than the frame around it. */
    private static final String UNKNOWN = "-";

    private final BenchReport report;
    private final PrintWriter out;

    /** Prints a report. */
    public BenchText(BenchReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    /** Prints everything but the warnings. */
    public void print() {
        printMachine();
        for (ShapeSweep sweep : report.sweeps()) {
            for (Pass pass : Pass.values()) {
                printSweep(sweep, pass);
            }
        }
        out.println();
        out.println("Break-even: the density at which the sparse layer takes as long as the dense one");
        TextTable table = new TextTable("layer", "forward", "backward", "training step");
        for (ShapeSweep sweep : report.sweeps()) {
            table.add(sweep.shape().toString(), sweep.breakEven(Pass.FORWARD).toString(),
                    sweep.breakEven(Pass.BACKWARD).toString(), sweep.breakEven(Pass.STEP).toString());
        }
        table.print(out);
    }

    private void printMachine() {
        Roofs roofs = report.roofs();
        out.printf("Machine  %s, %d hardware threads%n", report.machine().cpu(), report.machine().processors());
        out.printf("Sparse   %s, tiles of %d samples%n", report.machine().kernels(), report.tileLanes());
        out.printf("Dense    %s%n", report.machine().dense());
        out.printf("Roofs    on %s, the fastest of several runs%s%n", threads(roofs.threads()),
                report.caches().known() ? "" : "; the system does not tell the cache sizes, typical ones are assumed");
        out.printf(Locale.ROOT, "         %-7s %7.1f GFLOP/s  multiply-adds in registers%n", "FMA", roofs.fmaGflops());
        for (Roofs.Read read : roofs.reads()) {
            out.printf(Locale.ROOT, "         %-7s %7.1f GB/s     reading %s in order%n", read.level(),
                    read.gigabytesPerSecond(), bytes(read.bytes()));
        }
        for (Roofs.Gather gather : roofs.gathers()) {
            out.printf(Locale.ROOT, "         %-7s %7.1f GB/s     reading rows of %d B at random, %,d rows (%s)%n",
                    "gather", gather.gigabytesPerSecond(), gather.rowBytes(), gather.neurons(),
                    bytes(gather.bytes()));
        }
    }

    private void printSweep(ShapeSweep sweep, Pass pass) {
        out.println();
        out.printf("%s, %s, batch %d, %s%n", sweep.shape(), name(pass), report.settings().batch(),
                threads(report.settings().threads()));
        boolean step = pass == Pass.STEP;
        List<String> header = new ArrayList<>(List.of("density", "connections", "sparse ms", "IQR", "dense ms", "IQR",
                "speed-up", "GFLOP/s", "dense", "ratio", "of FMA"));
        header.addAll(step ? List.of("default", "of dense") : List.of("roof", "GFLOP/s", "of roof"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (SweepPoint point : sweep.points()) {
            double gflops = point.gflops(pass);
            List<String> row = new ArrayList<>(List.of(percent(point.density()), "%,d".formatted(point.connections()),
                    milliseconds(point.sparse(pass)), spread(point.sparse(pass)), milliseconds(point.dense(pass)),
                    spread(point.dense(pass)), number(point.speedUp(pass)), number(gflops),
                    number(point.denseGflops(pass)), number(point.throughputRatio(pass)),
                    share(gflops / report.roofs().fmaGflops())));
            if (step) {
                row.addAll(List.of(point.autoDense() ? "dense" : "sparse", share(point.autoOverDense())));
            } else {
                Ceiling ceiling = Ceiling.of(report.roofs(), sweep.shape(), point.connections(), report.tileLanes(),
                        pass);
                row.addAll(List.of(ceiling.binding(), number(ceiling.gflops()), share(gflops / ceiling.gflops())));
            }
            table.add(row.toArray(String[]::new));
        }
        table.print(out);
    }

    /** What a pass is called. */
    static String name(Pass pass) {
        return switch (pass) {
            case FORWARD -> "forward";
            case BACKWARD -> "backward";
            case STEP -> "training step";
        };
    }

    /** A density for a reader. */
    static String percent(double density) {
        return String.format(Locale.ROOT, density < 0.1 ? "%.2f %%" : "%.1f %%", 100 * density);
    }

    /** "1 thread", "2 threads". */
    static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private static String spread(Spread spread) {
        return spread.median() > 0 ? share(spread.relative()) : UNKNOWN;
    }

    private static String milliseconds(Spread spread) {
        return spread.median() > 0 ? number(spread.median() * 1e3) : UNKNOWN;
    }

    private static String share(double share) {
        return Double.isNaN(share) ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Three significant digits. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT,
                size < 0.995 ? "%.3f" : size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%,.0f", value);
    }

    private static String bytes(long bytes) {
        return bytes < 1 << 20
                ? "%d KiB".formatted(bytes >> 10)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
