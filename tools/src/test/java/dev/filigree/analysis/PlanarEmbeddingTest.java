package dev.filigree.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.analysis.PlanarEmbedding.Point;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanarEmbeddingTest {
    @Test
    void noOtherPointsThatSciPyFoundAreNearer() throws IOException {
        double[][] expected = SciPyFixtures.read("embedding.csv");
        PlanarEmbedding embedding = PlanarEmbedding.of(SciPyFixtures.read("distances.csv"));
        assertThat(embedding.points()).hasSize(expected.length - 1);
        for (int i = 0; i < embedding.points().size(); i++) {
            assertThat(embedding.points().get(i).x()).isCloseTo(expected[i][0], within(1e-3));
            assertThat(embedding.points().get(i).y()).isCloseTo(expected[i][1], within(1e-3));
        }
        assertThat(embedding.error()).isCloseTo(expected[expected.length - 1][0], within(1e-6));
    }

    /** A rectangle of 3 × 4 lies in the plane: its diagonal of 5 is the first axis that shows most. */
    @Test
    void planarDistancesAreKept() {
        double[][] distances = {{0, 3, 5, 4}, {3, 0, 4, 5}, {5, 4, 0, 3}, {4, 5, 3, 0}};
        PlanarEmbedding embedding = PlanarEmbedding.of(distances);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(apart(embedding.points().get(i), embedding.points().get(j)))
                        .isCloseTo(distances[i][j], within(1e-6));
            }
        }
        assertThat(embedding.error()).isCloseTo(0, within(1e-6));
    }

    /** Four things as far from each other have no place in the plane: a square, scaled, is as near as they come. */
    @Test
    void errorSaysHowFarOffThePlaneIs() {
        double[][] tetrahedron = {{0, 1, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}, {1, 1, 1, 0}};
        // Four sides s and two diagonals of s√2: 4 (s - 1)² + 2 (s√2 - 1)² is least at s = (4 + 2√2) / 8, of 6 squares.
        double side = (4 + 2 * Math.sqrt(2)) / 8;
        double squares = 4 * Math.pow(side - 1, 2) + 2 * Math.pow(side * Math.sqrt(2) - 1, 2);
        assertThat(PlanarEmbedding.of(tetrahedron).error()).isCloseTo(Math.sqrt(squares / 6), within(1e-6));
    }

    /** By classical scaling alone all of these but the pair lie in one point. */
    @Test
    void thingsBeyondTheFirstTwoAxesPart() {
        double[][] distances = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                distances[i][j] = i == j ? 0 : i < 2 && j < 2 ? 9 : 5;
            }
        }
        List<Point> points = PlanarEmbedding.of(distances).points();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(apart(points.get(i), points.get(j))).isGreaterThan(2);
            }
        }
    }

    @Test
    void largestCoordinateIsPositive() {
        List<Point> points = PlanarEmbedding.of(new double[][]{{0, 1, 6}, {1, 0, 5}, {6, 5, 0}}).points();
        assertThat(points.get(2).x()).isCloseTo(11.0 / 3, within(1e-9));
        assertThat(points.get(0).x()).isCloseTo(-7.0 / 3, within(1e-9));
        assertThat(points).allSatisfy(point -> assertThat(point.y()).isCloseTo(0, within(1e-6)));
    }

    @Test
    void sameThingsAreOnePoint() {
        PlanarEmbedding embedding = PlanarEmbedding.of(new double[3][3]);
        assertThat(embedding.points()).containsOnly(new Point(0, 0));
        assertThat(embedding.error()).isZero();
        assertThat(PlanarEmbedding.of(new double[1][1]).points()).containsExactly(new Point(0, 0));
    }

    private static double apart(Point a, Point b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }
}
