package dev.filigree.plot.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.analysis.Dendrogram;
import dev.filigree.plot.Palette;
import dev.filigree.plot.heat.HeatMap.Scale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class HeatMapTest {
    private static final double[][] VALUES = {{0, 0.25, 0.4}, {0.25, 0, 0.125}, {0.4, 0.125, 0}};

    @TempDir
    Path directory;

    @BeforeAll
    static void withoutScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void pngShowsTheColoursOfTheValues() throws IOException {
        Path file = directory.resolve("map.png");
        new HeatMap("Distances", "distance", List.of("a", "b", "c"), VALUES, Scale.AUTO).writePng(file);
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(countOf(image, Palette.color(0))).as("the diagonal").isGreaterThan(3 * 100 * 100);
        assertThat(countOf(image, Palette.color(1))).as("the largest value").isGreaterThan(2 * 100 * 100);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void pngIsTwiceAsLargeAsTheSvg() throws Exception {
        HeatMap map = new HeatMap("Distances", "distance", List.of("a", "b", "c"), VALUES, Scale.AUTO);
        map.writePng(directory.resolve("map.png"));
        map.writeSvg(directory.resolve("map.svg"));
        BufferedImage image = ImageIO.read(directory.resolve("map.png").toFile());
        Document svg = parse(directory.resolve("map.svg"));
        assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("width")));
        assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("height")));
    }

    @Test
    void svgHoldsTitleLabelsValuesAndTicksAsText() throws Exception {
        Path file = directory.resolve("map.svg");
        new HeatMap("Distances", "distance", List.of("a", "b", "c"), VALUES, Scale.AUTO).writeSvg(file);
        Document svg = parse(file);
        assertThat(svg.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Distances");
        assertThat(texts(svg)).containsExactly("Distances", "a", "a", "b", "b", "c", "c", "0", "0.250", "0.400",
                "0.250",
                "0", "0.125", "0.400", "0.125", "0", "0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30", "0.35",
                "0.40",
                "distance");
    }

    @Test
    void nothingReachesOverTheEdge() throws Exception {
        for (int size : new int[]{1, 2, 5, 21, 40, 41, 90}) {
            List<String> labels = IntStream.range(0, size).mapToObj(i -> "runs/a-rather-long-name-" + i).toList();
            Path file = directory.resolve("map%d.svg".formatted(size));
            new HeatMap("Topology distance", "distance", labels, new double[size][size], Scale.AUTO).writeSvg(file);
            Document svg = parse(file);
            double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
            double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
            NodeList rectangles = svg.getElementsByTagName("rect");
            for (int i = 0; i < rectangles.getLength(); i++) {
                assertThat(number(rectangles, i, "x") + number(rectangles, i, "width")).isLessThanOrEqualTo(width);
                assertThat(number(rectangles, i, "y") + number(rectangles, i, "height")).isLessThanOrEqualTo(height);
            }
            NodeList texts = svg.getElementsByTagName("text");
            for (int i = 0; i < texts.getLength(); i++) {
                assertThat(number(texts, i, "x")).isBetween(0.0, width);
                assertThat(number(texts, i, "y")).isBetween(0.0, height);
            }
        }
    }

    @Test
    void manyNetworksHaveNoValuesInTheirCells() throws Exception {
        int size = 41;
        List<String> labels = IntStream.range(0, size).mapToObj(i -> "n" + i).toList();
        Path file = directory.resolve("map.svg");
        new HeatMap("Distances", "distance", labels, new double[size][size], Scale.AUTO).writeSvg(file);
        // Title, two labels each, six ticks from 0 to 1, title of the scale.
        assertThat(texts(parse(file))).hasSize(1 + 2 * size + 6 + 1);
    }

    @Test
    void labelsMayHoldAnything() throws Exception {
        Path file = directory.resolve("map.svg");
        new HeatMap("<&>", "distance", List.of("a\nb\u0001", "\"Ü\" & 種"), new double[2][2], Scale.AUTO).writeSvg(file);
        assertThat(texts(parse(file))).contains("<&>", "a\ufffdb\ufffd", "\"Ü\" & 種");
        new HeatMap("<&>", "distance", List.of("a\nb\u0001", "\"Ü\" & 種"), new double[2][2], Scale.AUTO)
                .writePng(directory.resolve("map.png"));
    }

    @Test
    void fixedScaleRunsFromZeroToOne() throws Exception {
        Path file = directory.resolve("map.svg");
        new HeatMap("Distances", "distance", List.of("a", "b", "c"), VALUES, Scale.FIXED).writeSvg(file);
        assertThat(texts(parse(file))).containsSubsequence("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThatThrownBy(
                () -> new HeatMap("t", "s", List.of("a", "b"), new double[][]{{0, 2}, {2, 0}}, Scale.FIXED))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 0 to 1");
    }

    @Test
    void referenceIsNamedAndMarkedAtTheScale() throws Exception {
        HeatMap map = new HeatMap("Distances", "distance", List.of("a", "b", "c"), VALUES, Scale.AUTO);
        Path file = directory.resolve("map.svg");
        map.withReference("chance", 0.3, 0.3).writeSvg(file);
        assertThat(texts(parse(file))).contains("chance: 0.300 (● at the scale)");
        assertThat(parse(file).getElementsByTagName("circle").getLength()).isEqualTo(1);
        map.withReference("chance", 0.8, 0.9).writeSvg(file);
        assertThat(texts(parse(file))).contains("chance: 0.800 to 0.900 (● at the scale)", "1.0");
    }

    /** a and c are closest; b joins them at the mean of 0.4 and 0.25. */
    @Test
    void treeOrdersRowsAndIsDrawnToScale() throws Exception {
        double[][] values = {{0, 0.4, 0.125}, {0.4, 0, 0.25}, {0.125, 0.25, 0}};
        HeatMap map = new HeatMap("Distances", "distance", List.of("a", "b", "c"), values, Scale.AUTO)
                .clusteredBy(Dendrogram.averageLinkage(values));
        assertThat(map.labels()).containsExactly("a", "c", "b");
        assertThat(map.value(0, 1)).isEqualTo(0.125);
        Path file = directory.resolve("map.svg");
        map.writeSvg(file);
        NodeList branches = parse(file).getElementsByTagName("polyline");
        assertThat(branches.getLength()).isEqualTo(2);
        double low = top(branches, 0);
        double high = top(branches, 1);
        double ground = Double.parseDouble(branches.item(0).getAttributes().getNamedItem("points").getNodeValue()
                .split("[ ,]")[1]);
        assertThat((ground - high) / (ground - low)).isCloseTo(0.325 / 0.125, within(0.01));
        assertThatThrownBy(() -> map.clusteredBy(Dendrogram.averageLinkage(new double[2][2])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 leaves for 3 labels");
    }

    private static double top(NodeList branches, int index) {
        return Double.parseDouble(branches.item(index).getAttributes().getNamedItem("points").getNodeValue()
                .split("[ ,]")[3]);
    }

    @Test
    void wrongValuesAreRefused() {
        assertThatThrownBy(() -> new HeatMap("t", "s", List.of("a"), new double[2][2], Scale.AUTO))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 labels for 2 rows");
        assertThatThrownBy(() -> new HeatMap("t", "s", List.of("a", "b"), new double[2][3], Scale.AUTO))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 0 has 3 values");
        assertThatThrownBy(() -> new HeatMap("t", "s", List.of("a"), new double[][]{{Double.NaN}}, Scale.AUTO))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
    }

    private static Document parse(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> texts(Document svg) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = svg.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static double number(NodeList nodes, int index, String attribute) {
        return Double.parseDouble(nodes.item(index).getAttributes().getNamedItem(attribute).getNodeValue());
    }

    private static long countOf(BufferedImage image, int color) {
        return IntStream.range(0, image.getHeight()).mapToLong(y -> IntStream.range(0, image.getWidth())
                .filter(x -> (image.getRGB(x, y) & 0xffffff) == color).count()).sum();
    }
}
