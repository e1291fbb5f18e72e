package dev.filigree.cli.text;

import java.io.PrintWriter;
import java.util.Locale;

/** On a terminal, a bar that moves. */
public final class ProgressBar {
    private static final int BAR = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final MovingLine line;
    private final int parts;
    private final long start = System.nanoTime();
    private long lastDrawn = start - REDRAW_NANOS;
    private int done;
    private String doing = "";

    /**
     * Follows a run.
     *
     * @param parts the run has
     * @param live whether {@code out} is a terminal
     */
    public ProgressBar(PrintWriter out, int parts, boolean live) {
        line = new MovingLine(out, live);
        this.parts = parts;
    }

    /** Tells what is done from now on. */
    public void doing(String what) {
        doing = what;
        draw();
    }

    /** One part is done. */
    public void partDone() {
        done++;
        if (System.nanoTime() - lastDrawn >= REDRAW_NANOS || done == parts) {
            draw();
        }
    }

    /** Leaves the moving line, so that what follows starts on a line of its own. */
    public void stop() {
        line.erase();
    }

    private void draw() {
        if (!line.isLive()) {
            return;
        }
        lastDrawn = System.nanoTime();
        int filled = parts == 0 ? BAR : BAR * done / parts;
        double seconds = (lastDrawn - start) * 1e-9;
        String left = done == 0
                ? ""
                : String.format(Locale.ROOT, "  about %.0f s left", seconds / done * (parts - done));
        line.show("█".repeat(filled) + "░".repeat(BAR - filled) + "  " + doing + left);
    }
}
