package dev.filigree.cli.train;

import dev.filigree.cli.text.MovingLine;
import dev.filigree.training.EpochReport;
import dev.filigree.training.EpochState;
import dev.filigree.training.Evaluation;
import dev.filigree.training.PhaseTimes;
import dev.filigree.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints one line per epoch and, on a terminal, a line that moves. */
final class Progress implements TrainingListener {
    private static final long REDRAW_NANOS = 200_000_000;

    private final PrintWriter out;
    private final double epochsBefore;
    private final int epochs;
    private final MovingLine line;
    private final long start = System.nanoTime();
    private long epochStart = start;
    private long samplesBefore;
    private long lastDrawn = start;

    /**
     * Follows a run.
     *
     * @param begin where a run goes on that is resumed; null for a new one
     * @param samples of an epoch
     * @param epochs planned, those done before included
     * @param live whether to keep a moving line; for terminals
     */
    Progress(PrintWriter out, @Nullable EpochState begin, int samples, int epochs, boolean live) {
        this.out = out;
        this.samplesBefore = begin == null ? 0 : begin.samples();
        this.epochsBefore = begin == null ? 0 : begin.epoch() - 1 + (double) begin.samples() / samples;
        this.epochs = epochs;
        line = new MovingLine(out, live);
    }

    @Override
    public void stepDone(int epoch, int samples, int total) {
        long now = System.nanoTime();
        if (line.isLive() && (now - lastDrawn >= REDRAW_NANOS || samples == total)) {
            lastDrawn = now;
            double done = (epoch - 1 + (double) samples / total) / epochs;
            double rate = (samples - samplesBefore) / Math.max(1e-9, (now - epochStart) * 1e-9);
            double left = (now - start) * 1e-9 * (1 - done) / (done - epochsBefore / epochs);
            line.show(String.format(Locale.ROOT, "epoch %d of %d  %3.0f %%  %,.0f samples/s  %s left", epoch, epochs,
                    100 * done, rate, clock(left)));
        }
    }

    @Override
    public void epochDone(EpochReport report) {
        epochStart = System.nanoTime();
        samplesBefore = 0;
        line.erase();
        out.println(text(report));
        out.flush();
    }

    /** Leaves the moving line, so that what follows starts on a line of its own. */
    void stop() {
        line.erase();
    }

    private String text(EpochReport report) {
        PhaseTimes times = report.times();
        String epoch = String.format(Locale.ROOT, "epoch %" + String.valueOf(epochs).length() + "d", report.epoch());
        return epoch + evaluation("train", report.training()) + evaluation("validation", report.validation())
                + evaluation("test", report.test())
                + String.format(Locale.ROOT,
                        "  %.2f s (forward %.2f, backward %.2f, feed %.2f, evolution %.2f, evaluation %.2f)",
                        report.seconds(), times.forward(), times.backward(), times.feed(),
                        times.evolution(), times.evaluation());
    }

    private static String evaluation(String name, @Nullable Evaluation evaluation) {
        return evaluation == null
                ? ""
                : String.format(Locale.ROOT, "  %s %.4f %6.2f %%", name, evaluation.loss(),
                        100 * evaluation.accuracy());
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
