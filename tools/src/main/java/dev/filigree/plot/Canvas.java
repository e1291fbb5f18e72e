package dev.filigree.plot;

import java.io.IOException;

/** What a picture is drawn on. Lengths are pixels at 96 per inch, y grows downwards, colours are {@code 0xRRGGBB}. */
public interface Canvas {
    /** Length of a dash of a dashed line. */
    int DASH = 7;

    /** Distance of two dashes. */
    int GAP = 4;

    /** Which point of a text lies at its coordinates, on the base line. */
    enum Anchor {
        START, MIDDLE, END
    }

    /**
     * How a text looks.
     *
     * @param size font size
     * @param degrees clockwise rotation about the anchor
     */
    record TextStyle(double size, boolean bold, Anchor anchor, double degrees, int color) {
        /** Upright black text. */
        public static TextStyle of(double size, Anchor anchor) {
            return new TextStyle(size, false, anchor, 0, 0x222222);
        }

        /** The same in bold. */
        public TextStyle inBold() {
            return new TextStyle(size, true, anchor, degrees, color);
        }

        /** The same, turned. */
        public TextStyle rotated(double newDegrees) {
            return new TextStyle(size, bold, anchor, newDegrees, color);
        }

        /** The same in another colour. */
        public TextStyle colored(int newColor) {
            return new TextStyle(size, bold, anchor, degrees, newColor);
        }
    }

    /** Fills a rectangle. */
    void rectangle(double x, double y, double width, double height, int color) throws IOException;

    /** Writes one line of text. */
    void text(String text, double x, double y, TextStyle style) throws IOException;

    /**
     * How a line looks.
     *
     * @param width of the line
     * @param dashed whether it is interrupted
     */
    record Stroke(double width, int color, boolean dashed) {}

    /** Draws the straight lines from each point to the next; as many x as y. */
    void polyline(double[] x, double[] y, Stroke stroke) throws IOException;

    /** Draws a filled circle with a border. */
    void circle(double x, double y, double radius, int fill, Stroke border) throws IOException;

    /**
     * Width of a text at most, estimated from its length. Not measured: that would need the fonts of this
     * machine, give other pictures on other machines, and be wrong for an SVG that is looked at elsewhere.
     */
    static double widthOf(String text, double size) {
        // 0.62 of the font size per character is DejaVu Sans, the widest of the usual fonts; from U+2E80 on
        // there are mostly East Asian characters, which are square.
        return text.codePoints().mapToDouble(character -> character < 0x2e80 ? 0.62 : 1).sum() * size;
    }
}
