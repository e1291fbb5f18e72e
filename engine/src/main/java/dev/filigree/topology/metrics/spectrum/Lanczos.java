package dev.filigree.topology.metrics.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The largest eigenvalue of {@link Biadjacency} and its eigenvector, by Lanczos' method with full reorthogonalization
 * (Golub and Van Loan, Matrix Computations, 4th edition, section 10.3).
 */
final class Lanczos {
    /** Of the residual to the eigenvalue; the error of the eigenvalue is at most as large, mostly far smaller. */
    private static final double PRECISION = 1e-5;

    private static final int MOST_STEPS = 1000;

    /** The vectors kept may have so many numbers together, 512 MB. */
    private static final int MOST_NUMBERS = 1 << 26;

    private static final int STEPS_BETWEEN_CHECKS = 10;

    private final Biadjacency matrix;
    private final double @Nullable [] excluded;
    private final List<double[]> basis = new ArrayList<>();
    private final Tridiagonal projected;
    private final double value;

    /**
     * Computes.
     *
     * @param excluded if not null, a vector of length 1: the largest eigenvalue is that of the space orthogonal to it
     * @param random draws the vector to begin with
     */
    Lanczos(Biadjacency matrix, double @Nullable [] excluded, SplittableRandom random) {
        this.matrix = matrix;
        this.excluded = excluded;
        int steps = Math.min(matrix.size() - (excluded == null ? 0 : 1),
                Math.clamp(MOST_NUMBERS / matrix.size(), STEPS_BETWEEN_CHECKS, MOST_STEPS));
        this.projected = new Tridiagonal(steps);
        this.value = iterate(steps, random);
    }

    private double iterate(int steps, SplittableRandom random) {
        double[] vector = new double[matrix.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextDouble() - 0.5;
        }
        double length = orthogonalize(vector);
        for (int step = 1; step <= steps && length > 0; step++) {
            scale(vector, 1 / length);
            basis.add(vector);
            double[] next = new double[matrix.size()];
            matrix.multiply(vector, next);
            double diagonal = dot(next, vector);
            length = orthogonalize(next);
            if (length <= Math.ulp(diagonal) * matrix.size()) {
                // The vectors span all that can be reached.
                length = 0;
            }
            projected.add(diagonal, length);
            vector = next;
            if (step % STEPS_BETWEEN_CHECKS == 0 && projected.residual() <= PRECISION * projected.largest()) {
                break;
            }
        }
        return projected.largest();
    }

    /** The eigenvalue; of the vectors that could be looked at, if the precision was not reached. */
    double value() {
        return value;
    }

    /** The eigenvector, of length 1. */
    double[] vector() {
        double[] vector = new double[matrix.size()];
        double[] shares = projected.eigenvector();
        for (int i = 0; i < basis.size(); i++) {
            addScaled(vector, basis.get(i), shares[i]);
        }
        scale(vector, 1 / Math.sqrt(dot(vector, vector)));
        return vector;
    }

    /** Takes out what the vector has in common with those before, twice because of rounding, and returns its length. */
    private double orthogonalize(double[] vector) {
        for (int pass = 0; pass < 2; pass++) {
            if (excluded != null) {
                addScaled(vector, excluded, -dot(vector, excluded));
            }
            for (double[] before : basis) {
                addScaled(vector, before, -dot(vector, before));
            }
        }
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addScaled(double[] vector, double[] other, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] += factor * other[i];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
