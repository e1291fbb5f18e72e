package dev.filigree.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.plot.LogLogChart.Curve;
import dev.filigree.plot.LogLogChart.Look;
import dev.filigree.plot.LogLogChart.Mark;
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

class LogLogChartTest {
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

    private static LogLogChart chart() {
        LogLogChart chart = new LogLogChart("Title", "subtitle", new LogAxis("x title", 0.01, 1, LogLogChartTest::tick),
                new LogAxis("y title", 1, 100, LogLogChartTest::tick));
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
