package dev.filigree.plot.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.Chart.Mark;
import dev.filigree.plot.chart.Chart.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    @TempDir
    Path directory;

    @BeforeAll
    static void withoutScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void svgHoldsTitlesTicksLegendAndMarks() throws Exception {
        Path file = directory.resolve("chart.svg");
        chart().writeSvg(file);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(texts(svg)).containsExactlyInAnyOrder("Title", "subtitle", "shown", "0.01", "0.1", "1", "1", "10",
                "100", "x title", "y title", "here", "along");
    }

    @Test
    void powerLawIsAStraightLine() throws Exception {
        Path file = directory.resolve("chart.svg");
        chart().writeSvg(file);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        // The first line is the legend's.
        String[] points = ((Element) svg.getElementsByTagName("polyline").item(1)).getAttribute("points").split("[ ,]");
        double[] at = new double[6];
        for (int i = 0; i < at.length; i++) {
            at[i] = Double.parseDouble(points[i]);
        }
        assertThat(at[2] - at[0]).isPositive().isCloseTo(at[4] - at[2], within(0.02));
        assertThat(at[1] - at[3]).isPositive().isCloseTo(at[3] - at[5], within(0.02));
    }

    /** Where two things differ in the colour alone, and never farther to the side than the next place. */
    @Test
    void whiskersStandSideBySide() throws Exception {
        Chart chart = new Chart("Title", "subtitle", LinearAxis.fromZero("x", 100),
                LinearAxis.fromZero("y", 1));
        double[] x = {50, 51};
        for (int color : new int[]{0x0072b2, 0xd55e00}) {
            for (double at : x) {
                chart.add(new Chart.Whisker(at, 0.4, 0.6, color));
            }
            chart.add(new Curve("c", null, x, new double[]{0.5, 0.5}, color, Look.DOTS));
        }
        Path file = directory.resolve("chart.svg");
        chart.writeSvg(file);
        NodeList circles = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                .getElementsByTagName("circle");
        List<Double> dots = new ArrayList<>();
        for (int i = 0; i < circles.getLength(); i++) {
            if (((Element) circles.item(i)).getAttribute("r").startsWith("4")) {
                dots.add(Double.parseDouble(((Element) circles.item(i)).getAttribute("cx")));
            }
        }
        // Two of the legend, then two of each curve: the second curve's first dot lies between those of the first curve.
        assertThat(dots).hasSize(6);
        assertThat(dots.get(4)).isStrictlyBetween(dots.get(2), dots.get(3));
        assertThat(dots.get(3)).isStrictlyBetween(dots.get(4), dots.get(5));
    }

    @Test
    void pngIsTwiceTheSizeOfTheDrawing() throws IOException {
        Path file = directory.resolve("chart.png");
        chart().writePng(file);
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1800);
    }

    @Test
    void wrongValuesAreRefused() {
        assertThatThrownBy(() -> new LogAxis("x", 0, 1, String::valueOf)).hasMessageContaining("expected 0 < from");
        assertThatThrownBy(() -> new Curve(null, null, new double[1], new double[2], 0, Look.LINE))
                .hasMessageContaining("1 x and 2 y");
    }

    @Test
    void unitsOfAMapAreEquallyLong() throws Exception {
        Chart map = Chart.map("Map", "", LinearAxis.around("x", 0, 1), LinearAxis.around("y", 0, 1));
        map.add(new Curve(null, null, new double[]{0, 1, 1}, new double[]{0, 0, 1}, 0, Look.PATH));
        Path file = directory.resolve("map.svg");
        map.writeSvg(file);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        String[] at = ((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points").split("[ ,]");
        double right = Double.parseDouble(at[2]) - Double.parseDouble(at[0]);
        double up = Double.parseDouble(at[3]) - Double.parseDouble(at[5]);
        assertThat(right).isEqualTo(up, within(0.02)).isGreaterThan(400);
    }

    @Test
    void notesThatWouldCoverAnotherAreLeftAwayUnlessNeeded() throws Exception {
        Chart chart = new Chart("Notes", "", LinearAxis.around("x", 0, 1), LinearAxis.around("y", 0, 1));
        for (int i = 0; i < 60; i++) {
            chart.add(new Note(0.5, 0.5, "optional", 0, false));
        }
        chart.add(new Note(0.5, 0.5, "needed", 0, true));
        Path file = directory.resolve("notes.svg");
        chart.writeSvg(file);
        List<String> texts = texts(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        assertThat(texts).contains("needed").filteredOn("optional"::equals).hasSizeBetween(3, 20);
    }

    private static Chart chart() {
        Chart chart = new Chart("Title", "subtitle", new LogAxis("x title", 0.01, 1, ChartTest::tick),
                new LogAxis("y title", 1, 100, ChartTest::tick));
        chart.add(new Curve("shown", null, new double[]{0.01, 0.1, 1}, new double[]{1, 10, 100}, 0, Look.DOTS));
        chart.add(new Curve(null, "along", new double[]{0.01, 1}, new double[]{50, 50}, 0, Look.DASHES));
        chart.add(new Mark(0.5, 50, "here", 0));
        return chart;
    }

    private static String tick(double value) {
        return value < 1 ? String.valueOf(Math.rint(100 * value) / 100) : String.valueOf(Math.round(value));
    }

    private static List<String> texts(Document svg) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = svg.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
