package dev.filigree.topology.metrics.degree;

/** The Hurwitz zeta function, the sum of {@code (a + k)^-s} over k = 0, 1, 2, … */
final class HurwitzZeta {
    /** Terms are summed one by one until the Euler–Maclaurin correction of the rest is exact to about 1e-10. */
    private static final int LEAST_TERMS = 10;

    private HurwitzZeta() {}

    /**
     * The function times {@code a^s}, which neither overflows nor underflows.
     *
     * @param s above 1
     * @param a 1 or more
     */
    static double scaled(double s, double a) {
        int terms = (int) Math.max(LEAST_TERMS, Math.ceil(s - a));
        double sum = 0;
        for (int k = 0; k < terms; k++) {
            double term = Math.pow(1 + k / a, -s);
            sum += term;
            if (term < sum * 1e-17) {
                return sum;
            }
        }
        double q = a + terms;
        double correction = q / (s - 1) + 0.5 + s / (12 * q) - s * (s + 1) * (s + 2) / (720 * q * q * q)
                + s * (s + 1) * (s + 2) * (s + 3) * (s + 4) / (30_240 * Math.pow(q, 5));
        return sum + Math.pow(q / a, -s) * correction;
    }
}
