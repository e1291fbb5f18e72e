package dev.filigree.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Things as points in the plane, so that the points are about as far apart as the things: classical multidimensional
 * scaling (Torgerson, Psychometrika 17, 1952).
 *
 * <p>The first axis shows most, the mean of the points is the origin. On each axis the coordinate of the largest size is
 * positive, so the same distances always give the same picture.
 *
 * @param points one per thing
 * @param share of what the distances hold that the plane shows, in [0, 1]: the two largest eigenvalues of the doubly
 *        centred squared distances over the sizes of all (Mardia's first measure); 1 if all things are the same
 */
public record PlanarEmbedding(List<Point> points, double share) {
    /** A place in the plane, in the unit of the distances. */
    public record Point(double x, double y) {}

    private static final int AXES = 2;

    /** Coordinates below this share of the largest one count as equally large when the sign is chosen. */
    private static final double TIE = 1e-9;

    /** Copies the list. */
    public PlanarEmbedding {
        points = List.copyOf(points);
    }

    /**
     * Embeds things with these distances. Takes time with the cube of the size.
     *
     * @param distances a symmetric square of finite numbers, 0 or more, with zeros on the diagonal
     * @throws IllegalArgumentException if it is not such a square
     */
    public static PlanarEmbedding of(double[][] distances) {
        DistanceTable.check(distances);
        int size = distances.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(doublyCentered(distances))) {
            throw new IllegalStateException("no eigenvalues of the distances of %d things were found".formatted(size));
        }
        double[] values = IntStream.range(0, size).mapToDouble(i -> eigen.getEigenvalue(i).getReal()).toArray();
        List<Integer> largestFirst = IntStream.range(0, size).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i])).toList();
        double[][] axes = new double[AXES][size];
        double shown = 0;
        for (int axis = 0; axis < Math.min(AXES, size); axis++) {
            int i = largestFirst.get(axis);
            // Distances that fit into no space have negative eigenvalues: they show nothing.
            double value = Math.max(0, values[i]);
            shown += value;
            axes[axis] = scaled(eigen.getEigenVector(i), Math.sqrt(value));
        }
        double all = Arrays.stream(values).map(Math::abs).sum();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            points.add(new Point(axes[0][i], axes[1][i]));
        }
        return new PlanarEmbedding(points, all == 0 ? 1 : shown / all);
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
        double[] coordinates = vector.getData().clone();
        double largest = Arrays.stream(coordinates).map(Math::abs).max().orElse(0);
        double sign = Arrays.stream(coordinates).filter(x -> Math.abs(x) >= largest * (1 - TIE)).findFirst()
                .orElse(1) < 0 ? -1 : 1;
        // Adding 0 makes -0 a plain 0.
        return Arrays.stream(coordinates).map(x -> sign * factor * x + 0.0).toArray();
    }
}
