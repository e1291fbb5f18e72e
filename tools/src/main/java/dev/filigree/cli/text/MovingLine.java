package dev.filigree.cli.text;

import java.io.Console;
import java.io.PrintWriter;

/** The last line of a terminal, written again and again. Does nothing where there is no terminal. */
public final class MovingLine {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean live;

    /**
     * A line that is still empty.
     *
     * @param live whether {@code out} is a terminal
     */
    public MovingLine(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Whether a person looks at the output. */
    // JDK 25 gives null again where there is no terminal (JDK-8351435); Error Prone believes it never does.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Whether anything is shown. */
    public boolean isLive() {
        return live;
    }

    /** Shows this text in place of the one before. */
    public void show(String text) {
        if (live) {
            out.print(ERASE_LINE + text);
            out.flush();
        }
    }

    /** Leaves an empty line, on which what follows can start. */
    public void erase() {
        show("");
    }
}
