package dev.filigree.topology.metrics.spectrum;

import java.util.Arrays;

/** A symmetric tridiagonal matrix that grows, and its largest eigenvalue. */
final class Tridiagonal {
    private final double[] diagonal;

    /** Beside the diagonal; the last one lies outside. */
    private final double[] beside;

    private int size;

    Tridiagonal(int capacity) {
        diagonal = new double[capacity];
        beside = new double[capacity];
    }

    /** Adds a row and column. */
    void add(double onDiagonal, double besideNext) {
        diagonal[size] = onDiagonal;
        beside[size++] = besideNext;
    }

    /** The largest eigenvalue, by bisection (Golub and Van Loan, Matrix Computations, 4th edition, section 8.4.1). */
    double largest() {
        double low = 0;
        double high = 0;
        for (int i = 0; i < size; i++) {
            low = Math.max(low, diagonal[i]);
            high = Math.max(high, diagonal[i] + (i > 0 ? beside[i - 1] : 0) + (i + 1 < size ? beside[i] : 0));
        }
        while (high - low > 2 * Math.ulp(high)) {
            double middle = (low + high) / 2;
            if (exceedsAll(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Whether all pivots of the matrix less {@code x} are negative. */
    private boolean exceedsAll(double x) {
        double pivot = -1;
        for (int i = 0; i < size; i++) {
            double before = i == 0 ? 0 : beside[i - 1];
            pivot = diagonal[i] - x - before * before / pivot;
            if (pivot >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The largest eigenvalue's eigenvector, of length 1, by inverse iteration. */
    double[] eigenvector() {
        double shift = largest();
        shift += 4 * Math.ulp(shift) + Double.MIN_NORMAL;
        double[] vector = new double[size];
        Arrays.fill(vector, 1);
        for (int iteration = 0; iteration < 3; iteration++) {
            solve(shift, vector);
        }
        return vector;
    }

    /** Solves (shift - matrix) x = vector in place, and scales x to length 1. */
    private void solve(double shift, double[] vector) {
        double[] pivots = new double[size];
        for (int i = 0; i < size; i++) {
            double before = i == 0 ? 0 : beside[i - 1];
            double factor = i == 0 ? 0 : before / pivots[i - 1];
            pivots[i] = Math.max(shift - diagonal[i] - factor * before, Math.ulp(shift));
            vector[i] += i == 0 ? 0 : factor * vector[i - 1];
        }
        double squares = 0;
        for (int i = size - 1; i >= 0; i--) {
            vector[i] = (vector[i] + (i + 1 < size ? beside[i] * vector[i + 1] : 0)) / pivots[i];
            squares += vector[i] * vector[i];
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < size; i++) {
            vector[i] /= length;
        }
    }

    /** How far the eigenvector is from being one of the matrix that this one is a projection of. */
    double residual() {
        return size == 0 ? 0 : beside[size - 1] * Math.abs(eigenvector()[size - 1]);
    }
}
