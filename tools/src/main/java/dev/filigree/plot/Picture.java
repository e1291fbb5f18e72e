package dev.filigree.plot;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What can be kept as PNG and SVG. Looks the same on every machine, but for the font. */
public abstract class Picture {
    /** Twice the usual density, so that print and good screens stay sharp. */
    private static final double PNG_SCALE = 2;

    /** What the picture is called. */
    protected abstract String title();

    /** Lays it out. */
    protected abstract Drawing drawing();

    /**
     * Writes a PNG, as a whole or not at all.
     *
     * @param file its directory exists
     * @throws IOException if it cannot be written, or Java finds no font on this machine
     */
    public final void writePng(Path file) throws IOException {
        Drawing drawing = drawing();
        ImageCanvas canvas = new ImageCanvas(drawing.width(), drawing.height(), PNG_SCALE);
        drawing.drawOn(canvas);
        AtomicFiles.write(file, canvas::writePng);
    }

    /**
     * Writes an SVG, as a whole or not at all.
     *
     * @param file its directory exists
     */
    public final void writeSvg(Path file) throws IOException {
        Drawing drawing = drawing();
        AtomicFiles.write(file, out -> {
            try (SvgCanvas canvas = new SvgCanvas(out, title(), drawing.width(), drawing.height())) {
                drawing.drawOn(canvas);
            }
        });
    }

    /**
     * Writes {@code name.svg} and {@code name.png}.
     *
     * @param directory exists
     * @return the two files
     */
    public final List<Path> write(Path directory, String name) throws IOException {
        // The SVG first: it needs no fonts, so it is there even if the PNG fails for want of them.
        Path svg = directory.resolve(name + ".svg");
        writeSvg(svg);
        Path png = directory.resolve(name + ".png");
        writePng(png);
        return List.of(svg, png);
    }

    /** Names of directories may contain anything, but XML may not, and one label is one line. */
    protected static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) || !Character.isDefined(character)
                        || Character.getType(character) == Character.SURROGATE ? 0xfffd : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
