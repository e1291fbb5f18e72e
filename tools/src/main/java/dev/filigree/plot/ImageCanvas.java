package dev.filigree.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws pixels with Java2D. */
final class ImageCanvas implements Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;

    /**
     * A white picture.
     *
     * @param scale pixels of the image per unit of the drawing
     * @throws IOException if this machine has no fonts
     */
    ImageCanvas(double width, double height, double scale) throws IOException {
        requireFonts();
        image = new BufferedImage((int) Math.ceil(width * scale), (int) Math.ceil(height * scale),
                BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(scale, scale);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    /** Java reports missing fonts or font libraries by whatever exception or error happens to come first. */
    private static void requireFonts() throws IOException {
        try {
            BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            Graphics2D probeGraphics = probe.createGraphics();
            probeGraphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("0");
            probeGraphics.dispose();
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new IOException("Java finds no fonts on this machine, and a PNG needs one (an SVG does not):"
                    + " 'apt install fontconfig fonts-dejavu-core' (Debian, Ubuntu),"
                    + " 'dnf install fontconfig dejavu-sans-fonts' (Fedora)", e);
        }
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int color) {
        graphics.setColor(new Color(color));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke) {
        Path2D path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < x.length; i++) {
            path.lineTo(x[i], y[i]);
        }
        draw(path, stroke);
    }

    @Override
    public void circle(double x, double y, double radius, int fill, Stroke border) {
        Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(fill));
        graphics.fill(circle);
        draw(circle, border);
    }

    // Antialiasing here alone: it would blur the edges of rectangles, which lie on whole pixels.
    private void draw(Shape shape, Stroke stroke) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(new Color(stroke.color()));
        float[] dashes = stroke.dashed() ? new float[]{DASH, GAP} : null;
        graphics.setStroke(new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
                dashes, 0));
        graphics.draw(shape);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        Font font = new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) style.size());
        double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
        double shift = switch (style.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(Math.toRadians(style.degrees()));
        graphics.setFont(font);
        graphics.setColor(new Color(style.color()));
        graphics.drawString(text, (float) shift, 0);
        graphics.setTransform(before);
    }

    /** Writes the picture; nothing can be drawn afterwards. */
    void writePng(OutputStream out) throws IOException {
        graphics.dispose();
        // In memory: by default ImageIO keeps a copy in the temporary folder.
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException(
                        "this Java installation cannot write PNG files: its module java.desktop is damaged");
            }
        }
    }
}
