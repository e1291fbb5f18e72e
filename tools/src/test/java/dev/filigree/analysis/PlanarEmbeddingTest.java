package dev.filigree.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.analysis.PlanarEmbedding.Point;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanarEmbeddingTest {
    @Test
    void pointsAndShareAreThoseOfSciPy() throws IOException {
        double[][] expected = SciPyFixtures.read("embedding.csv");
        PlanarEmbedding embedding = PlanarEmbedding.of(SciPyFixtures.read("distances.csv"));
        assertThat(embedding.points()).hasSize(expected.length - 1);
        for (int i = 0; i < embedding.points().size(); i++) {
            assertThat(embedding.points().get(i).x()).isCloseTo(expected[i][0], within(1e-9));
            assertThat(embedding.points().get(i).y()).isCloseTo(expected[i][1], within(1e-9));
        }
        assertThat(embedding.share()).isCloseTo(expected[expected.length - 1][0], within(1e-9));
    }

    /** A rectangle of 3 × 4 lies in the plane: its diagonal of 5 is the first axis that shows most. */
    @Test
    void planarDistancesAreKept() {
        double[][] distances = {{0, 3, 5, 4}, {3, 0, 4, 5}, {5, 4, 0, 3}, {4, 5, 3, 0}};
        PlanarEmbedding embedding = PlanarEmbedding.of(distances);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(apart(embedding.points().get(i), embedding.points().get(j)))
                        .isCloseTo(distances[i][j], within(1e-9));
            }
        }
        assertThat(embedding.share()).isCloseTo(1, within(1e-9));
    }

    /** An equilateral triangle and its centre have no place in a plane where the centre is 1 from all. */
    @Test
    void shareCountsWhatFitsIntoNoSpace() {
        double[][] star = {{0, 2, 2, 1}, {2, 0, 2, 1}, {2, 2, 0, 1}, {1, 1, 1, 0}};
        // Eigenvalues 2, 2 and -1/4 (B is 2 I less a multiple of ones on the corners).
        assertThat(PlanarEmbedding.of(star).share()).isCloseTo(4 / 4.25, within(1e-9));
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
        assertThat(embedding.share()).isEqualTo(1);
        assertThat(PlanarEmbedding.of(new double[1][1]).points()).containsExactly(new Point(0, 0));
    }

    private static double apart(Point a, Point b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }
}
