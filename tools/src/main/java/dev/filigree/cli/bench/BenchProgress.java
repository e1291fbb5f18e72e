package dev.filigree.cli.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** On a terminal, a line that moves. */
public final class BenchProgress {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int BAR = 30;

    private final PrintWriter out;
    private final int parts;
    private final boolean live;
    private final long start = System.nanoTime();
    private int done;
    private String doing = "";

    /**
     * Follows a run.
     *
     * @param parts the run has
     * @param live whether to keep a moving line; for terminals
     */
    public BenchProgress(PrintWriter out, int parts, boolean live) {
        this.out = out;
        this.parts = parts;
        this.live = live;
    }

    /** Tells what is done from now on. */
    public void doing(String what) {
        doing = what;
        draw();
    }

    /** One part is done. */
    public void partDone() {
        done++;
        draw();
    }

    /** Leaves the moving line, so that what follows starts on a line of its own. */
    public void stop() {
        if (live) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    private void draw() {
        if (!live) {
            return;
        }
        int filled = BAR * done / parts;
        double seconds = (System.nanoTime() - start) * 1e-9;
        String left = done == 0
                ? ""
                : String.format(Locale.ROOT, "  about %.0f s left", seconds / done * (parts - done));
        out.print(ERASE_LINE + "█".repeat(filled) + "░".repeat(BAR - filled) + "  " + doing + left);
        out.flush();
    }
}
