package dev.filigree.analysis;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Things as points in the plane, so that the points are as nearly as far apart as the things as can be: multidimensional
 * scaling by majorization (SMACOF). Sources: de Leeuw, Applications of convex analysis to multidimensional scaling, 1977;
 * Borg and Groenen, Modern Multidimensional Scaling, 2nd edition 2005, chapter 8. There are many
 * minima; this is the lowest one found from up to fifty starts, views of the space of classical scaling (Torgerson, Psychometrika
 * 17, 1952) from random sides. Classical scaling alone draws things that differ along its third axis in one point.
 *
 * <p>The first axis shows most, the mean of the points is the origin. On each axis the coordinate of the largest size is
 * positive, so the same distances always give the same picture.
 *
 * @param points one per thing
 * @param error how far off the distances in the plane are, 0 or more: the root of the sum of their squared differences
 *        over the sum of the squared distances (the root of the normalized raw stress); 0 if all things are the same
 */
public record PlanarEmbedding(List<Point> points, double error) {
    /** A place in the plane, in the unit of the distances. */
    public record Point(double x, double y) {}

    private static final int AXES = 2;

    /** Coordinates below this share of the largest one count as equally large when the sign is chosen. */
    private static final double TIE = 1e-5;

    private static final int MOST_STEPS = 5_000;
    private static final int MOST_STARTS = 50;

    /** As many pairs of points are looked at in a step of all starts together; of very many points there is one start. */
    private static final long PAIRS = 2_000_000;

    /** A step that lowers the squared error by less, as a share of the squared distances, is the last one. */
    private static final double ROUGH = 1e-5;
    private static final double FINE = 1e-14;

    /** Copies the list. */
    public PlanarEmbedding {
        points = List.copyOf(points);
    }

    /**
     * Embeds things with these distances. Takes time with the cube of the size: about a second for two hundred.
     *
     * @param distances a symmetric square of finite numbers, 0 or more, with zeros on the diagonal
     * @throws IllegalArgumentException if it is not such a square
     */
    public static PlanarEmbedding of(double[][] distances) {
        DistanceTable.check(distances);
        int size = distances.length;
        double all = sumOfSquares(distances);
        if (all == 0) {
            return new PlanarEmbedding(Collections.nCopies(size, new Point(0, 0)), 0);
        }
        double[][] plane = nearest(distances, all);
        double stress = stress(distances, plane);
        double[][] axes = turned(plane);
        List<Point> points = IntStream.range(0, size).mapToObj(i -> new Point(axes[0][i], axes[1][i])).toList();
        return new PlanarEmbedding(points, Math.sqrt(stress / all));
    }

    /**
     * Coordinates on each axis, the one that shows most first: {@code [axis][thing]}. Distances that fit into no space
     * have negative eigenvalues too, which show nothing.
     */
    private static List<double[]> classicalScaling(double[][] distances) {
        int size = distances.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(doublyCentered(distances))) {
            throw new IllegalStateException("no eigenvalues of the distances of %d things were found".formatted(size));
        }
        double[] values = IntStream.range(0, size).mapToDouble(i -> eigen.getEigenvalue(i).getReal()).toArray();
        return IntStream.range(0, size).boxed().filter(i -> values[i] > 0)
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .map(i -> scaled(eigen.getEigenVector(i), Math.sqrt(values[i]))).toList();
    }

    /** Of the minima that lie downhill from several starts, the lowest. */
    private static double[][] nearest(double[][] distances, double all) {
        List<double[]> axes = classicalScaling(distances);
        SplittableRandom random = new SplittableRandom(1);
        double[][] nearest = descended(distances, projected(axes, random), ROUGH * all);
        long starts = Math.clamp(PAIRS / ((long) distances.length * distances.length), 1, MOST_STARTS);
        for (int start = 1; start < starts; start++) {
            double[][] plane = descended(distances, projected(axes, random), ROUGH * all);
            if (stress(distances, plane) < stress(distances, nearest)) {
                nearest = plane;
            }
        }
        return descended(distances, nearest, FINE * all);
    }

    /** A view of the space of classical scaling from a random side. */
    private static double[][] projected(List<double[]> axes, SplittableRandom random) {
        double[][] plane = new double[AXES][axes.getFirst().length];
        for (double[] axis : axes) {
            for (double[] direction : plane) {
                double weight = random.nextGaussian();
                for (int i = 0; i < axis.length; i++) {
                    direction[i] += weight * axis[i];
                }
            }
        }
        return plane;
    }

    /** Goes downhill until a step gains less than this. */
    private static double[][] descended(double[][] distances, double[][] start, double leastGain) {
        double[][] plane = start;
        double stress = stress(distances, plane);
        for (int step = 0; step < MOST_STEPS; step++) {
            plane = majorized(distances, plane);
            double next = stress(distances, plane);
            if (stress - next < leastGain) {
                return plane;
            }
            stress = next;
        }
        return plane;
    }

    /** The Guttman transform: nearer to the distances than {@code plane}, or as near if that is a minimum. */
    private static double[][] majorized(double[][] distances, double[][] plane) {
        int size = distances.length;
        double[][] next = new double[AXES][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double apart = apart(plane, i, j);
                double ratio = apart == 0 ? 0 : distances[i][j] / apart;
                for (int axis = 0; axis < AXES; axis++) {
                    next[axis][i] += ratio * (plane[axis][i] - plane[axis][j]) / size;
                }
            }
        }
        return next;
    }

    private static double stress(double[][] distances, double[][] plane) {
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < distances.length; j++) {
                double difference = apart(plane, i, j) - distances[i][j];
                sum += difference * difference;
            }
        }
        return sum;
    }

    private static double apart(double[][] plane, int i, int j) {
        double x = plane[0][i] - plane[0][j];
        double y = plane[1][i] - plane[1][j];
        return Math.sqrt(x * x + y * y);
    }

    private static double sumOfSquares(double[][] distances) {
        return Arrays.stream(distances).flatMapToDouble(Arrays::stream).map(distance -> distance * distance).sum();
    }

    /** The same points, turned so that the first axis shows most. */
    private static double[][] turned(double[][] plane) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        int size = plane[0].length;
        for (int i = 0; i < size; i++) {
            xx += plane[0][i] * plane[0][i];
            xy += plane[0][i] * plane[1][i];
            yy += plane[1][i] * plane[1][i];
        }
        double angle = Math.atan2(2 * xy, xx - yy) / 2;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double[][] turned = new double[AXES][size];
        for (int i = 0; i < size; i++) {
            turned[0][i] = cos * plane[0][i] + sin * plane[1][i];
            turned[1][i] = cos * plane[1][i] - sin * plane[0][i];
        }
        return new double[][]{signed(turned[0]), signed(turned[1])};
    }

    /** {@code -J D² J / 2} with {@code J = I - 11ᵀ / n}. */
    private static DMatrixRMaj doublyCentered(double[][] distances) {
        int size = distances.length;
        double[] means = new double[size];
        for (int i = 0; i < size; i++) {
            means[i] = Arrays.stream(distances[i]).map(distance -> distance * distance).sum() / size;
        }
        double mean = Arrays.stream(means).sum() / size;
        DMatrixRMaj centered = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                centered.set(i, j, -0.5 * (distances[i][j] * distances[i][j] - means[i] - means[j] + mean));
            }
        }
        return centered;
    }

    private static double[] scaled(DMatrixRMaj vector, double factor) {
        return Arrays.stream(signed(vector.getData())).map(x -> factor * x).toArray();
    }

    /** The coordinates or their opposites, so that the largest is positive. */
    private static double[] signed(double[] coordinates) {
        double largest = Arrays.stream(coordinates).map(Math::abs).max().orElse(0);
        double sign = Arrays.stream(coordinates).filter(x -> Math.abs(x) >= largest * (1 - TIE)).findFirst()
                .orElse(1) < 0 ? -1 : 1;
        // Adding 0 makes -0 a plain 0.
        return Arrays.stream(coordinates).map(x -> sign * x + 0.0).toArray();
    }
}
