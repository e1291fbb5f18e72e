package dev.filigree.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes SVG 1.1, text as text: it stays searchable and takes the reader's fonts. */
final class SvgCanvas implements Canvas, AutoCloseable {
    private static final String FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    private final XMLStreamWriter xml;

    /** Begins a white picture; the stream stays open. */
    SvgCanvas(OutputStream out, String title, double width, double height) throws IOException {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            xml.writeAttribute("version", "1.1");
            attribute("width", width);
            attribute("height", height);
            xml.writeAttribute("viewBox", "0 0 %s %s".formatted(number(width), number(height)));
            xml.writeAttribute("font-family", FONTS);
            xml.writeCharacters("\n");
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw failure(e);
        }
        rectangle(0, 0, width, height, 0xffffff);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int color) throws IOException {
        try {
            xml.writeCharacters("\n");
            xml.writeEmptyElement("rect");
            attribute("x", x);
            attribute("y", y);
            attribute("width", width);
            attribute("height", height);
            xml.writeAttribute("fill", hex(color));
            // Without this, neighbours shine through along their common edge.
            xml.writeAttribute("shape-rendering", "crispEdges");
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke) throws IOException {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        try {
            xml.writeCharacters("\n");
            xml.writeEmptyElement("polyline");
            xml.writeAttribute("points", points.toString());
            xml.writeAttribute("fill", "none");
            stroke(stroke);
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    @Override
    public void circle(double x, double y, double radius, int fill, Stroke border) throws IOException {
        try {
            xml.writeCharacters("\n");
            xml.writeEmptyElement("circle");
            attribute("cx", x);
            attribute("cy", y);
            attribute("r", radius);
            xml.writeAttribute("fill", hex(fill));
            stroke(border);
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    private void stroke(Stroke stroke) throws XMLStreamException {
        xml.writeAttribute("stroke", hex(stroke.color()));
        attribute("stroke-width", stroke.width());
        xml.writeAttribute("stroke-linejoin", "round");
        if (stroke.dashed()) {
            xml.writeAttribute("stroke-dasharray", DASH + " " + GAP);
        }
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) throws IOException {
        try {
            xml.writeCharacters("\n");
            xml.writeStartElement("text");
            attribute("x", x);
            attribute("y", y);
            attribute("font-size", style.size());
            if (style.bold()) {
                xml.writeAttribute("font-weight", "bold");
            }
            xml.writeAttribute("text-anchor", style.anchor().name().toLowerCase(Locale.ROOT));
            xml.writeAttribute("fill", hex(style.color()));
            if (style.degrees() != 0) {
                xml.writeAttribute("transform",
                        "rotate(%s %s %s)".formatted(number(style.degrees()), number(x), number(y)));
            }
            xml.writeCharacters(text);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    /** Completes the picture. */
    @Override
    public void close() throws IOException {
        try {
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    private void attribute(String name, double value) throws XMLStreamException {
        xml.writeAttribute(name, number(value));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String hex(int color) {
        return "#%06x".formatted(color);
    }

    private static IOException failure(XMLStreamException e) {
        return e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    }
}
