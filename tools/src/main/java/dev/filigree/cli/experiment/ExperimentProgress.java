package dev.filigree.cli.experiment;

import dev.filigree.cli.text.MovingLine;
import dev.filigree.training.EpochReport;
import dev.filigree.training.TrainingListener;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells how far a whole experiment is: one line per finished training, and on a terminal a line that moves. For several
 * threads.
 */
final class ExperimentProgress {
    private static final long REDRAW_NANOS = 500_000_000;

    private final PrintWriter out;
    private final MovingLine line;
    private final int trainings;
    private final double epochs;
    private final long start = System.nanoTime();
    private final Map<String, Double> running = new LinkedHashMap<>();
    private long lastDrawn = start;
    private int finished;
    /** Epochs of finished trainings, those of earlier times included. */
    private double done;
    private double doneBefore;

    /**
     * Follows an experiment.
     *
     * @param live whether {@code out} is a terminal
     */
    ExperimentProgress(List<Training> trainings, PrintWriter out, boolean live) {
        this.out = out;
        line = new MovingLine(out, live);
        this.trainings = trainings.size();
        epochs = trainings.stream().mapToInt(Training::epochs).sum();
    }

    /** A training that was finished before. */
    synchronized void found(Training training) {
        finished++;
        done += training.epochs();
        doneBefore += training.epochs();
    }

    /** Follows one training from its start. */
    TrainingListener follow(Training training) {
        return new TrainingListener() {
            @Override
            public void stepDone(int epoch, int samples, int total) {
                advance(training, epoch - 1 + (double) samples / total);
            }

            @Override
            public void epochDone(EpochReport report) {
                advance(training, report.epoch());
            }
        };
    }

    private synchronized void advance(Training training, double epoch) {
        running.put(training.name(), epoch);
        long now = System.nanoTime();
        if (now - lastDrawn >= REDRAW_NANOS) {
            lastDrawn = now;
            draw(now);
        }
    }

    /** A training has come to its end. */
    synchronized void finished(Training training, String result) {
        running.remove(training.name());
        finished++;
        done += training.epochs();
        line.erase();
        out.printf("%s of %d  %s  %s%n", String.format(Locale.ROOT, "%" + width() + "d", finished), trainings,
                training.name(), result);
        out.flush();
    }

    /** Something that must not be lost in the moving line. */
    synchronized void say(String what) {
        line.erase();
        out.println(what);
        out.flush();
    }

    /** What is done beside training. */
    synchronized void doing(String what) {
        line.show(what);
    }

    /** Leaves the moving line, so that what follows starts on a line of its own. */
    synchronized void stop() {
        line.erase();
    }

    private int width() {
        return String.valueOf(trainings).length();
    }

    private void draw(long now) {
        double reached = done + running.values().stream().mapToDouble(Double::doubleValue).sum();
        double left = (now - start) * 1e-9 * (epochs - reached) / Math.max(1e-9, reached - doneBefore);
        String names = running.entrySet().stream()
                .map(entry -> "%s epoch %d".formatted(entry.getKey(), (int) Math.floor(entry.getValue()) + 1))
                .collect(Collectors.joining(", "));
        line.show(String.format(Locale.ROOT, "%d of %d done, %.0f %%  %s  about %s left", finished, trainings,
                100 * reached / epochs, names, clock(left)));
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
