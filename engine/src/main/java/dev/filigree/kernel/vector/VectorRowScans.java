package dev.filigree.kernel.vector;

import static java.util.Arrays.fill;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.filigree.kernel.RowScans;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The row scans in the Vector API. Minima do not depend on the order they are taken in. */
public final class VectorRowScans implements RowScans {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES.withLanes(double.class).check(double.class);
    private static final int LENGTH = SPECIES.length();
    private static final int ACCUMULATORS = 8;
    private static final int GROUPS = ACCUMULATORS * LENGTH;

    /** A provider; it has no state. */
    public VectorRowScans() {}

    @Override
    public int groups() {
        return GROUPS;
    }

    @Override
    public void groupMinima(double[] costs, double[] duals, double[] minima) {
        int size = costs.length;
        int end = size - size % GROUPS;
        fill(minima, 0, GROUPS, Double.POSITIVE_INFINITY);
        if (end > 0) {
            DoubleVector m0 = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
            DoubleVector m1 = m0;
            DoubleVector m2 = m0;
            DoubleVector m3 = m0;
            DoubleVector m4 = m0;
            DoubleVector m5 = m0;
            DoubleVector m6 = m0;
            DoubleVector m7 = m0;
            for (int j = 0; j < end; j += GROUPS) {
                DoubleVector r0 = DoubleVector.fromArray(SPECIES, costs, j)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j));
                m0 = m0.blend(r0, r0.compare(LT, m0));
                DoubleVector r1 = DoubleVector.fromArray(SPECIES, costs, j + LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + LENGTH));
                m1 = m1.blend(r1, r1.compare(LT, m1));
                DoubleVector r2 = DoubleVector.fromArray(SPECIES, costs, j + 2 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 2 * LENGTH));
                m2 = m2.blend(r2, r2.compare(LT, m2));
                DoubleVector r3 = DoubleVector.fromArray(SPECIES, costs, j + 3 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 3 * LENGTH));
                m3 = m3.blend(r3, r3.compare(LT, m3));
                DoubleVector r4 = DoubleVector.fromArray(SPECIES, costs, j + 4 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 4 * LENGTH));
                m4 = m4.blend(r4, r4.compare(LT, m4));
                DoubleVector r5 = DoubleVector.fromArray(SPECIES, costs, j + 5 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 5 * LENGTH));
                m5 = m5.blend(r5, r5.compare(LT, m5));
                DoubleVector r6 = DoubleVector.fromArray(SPECIES, costs, j + 6 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 6 * LENGTH));
                m6 = m6.blend(r6, r6.compare(LT, m6));
                DoubleVector r7 = DoubleVector.fromArray(SPECIES, costs, j + 7 * LENGTH)
                        .sub(DoubleVector.fromArray(SPECIES, duals, j + 7 * LENGTH));
                m7 = m7.blend(r7, r7.compare(LT, m7));
            }
            m0.intoArray(minima, 0);
            m1.intoArray(minima, LENGTH);
            m2.intoArray(minima, 2 * LENGTH);
            m3.intoArray(minima, 3 * LENGTH);
            m4.intoArray(minima, 4 * LENGTH);
            m5.intoArray(minima, 5 * LENGTH);
            m6.intoArray(minima, 6 * LENGTH);
            m7.intoArray(minima, 7 * LENGTH);
        }
        for (int j = end; j < size; j++) {
            minima[j - end] = Math.min(minima[j - end], costs[j] - duals[j]);
        }
    }

    @Override
    public int select(double[] costs, double[] duals, double limit, int[] columns, double[] reduced) {
        int size = costs.length;
        int end = SPECIES.loopBound(size);
        int count = 0;
        for (int j = 0; j < end; j += LENGTH) {
            long hits = DoubleVector.fromArray(SPECIES, costs, j).sub(DoubleVector.fromArray(SPECIES, duals, j))
                    .compare(LE, limit).toLong();
            while (hits != 0) {
                int column = j + Long.numberOfTrailingZeros(hits);
                columns[count] = column;
                reduced[count++] = costs[column] - duals[column];
                hits &= hits - 1;
            }
        }
        for (int j = end; j < size; j++) {
            double cost = costs[j] - duals[j];
            if (cost <= limit) {
                columns[count] = j;
                reduced[count++] = cost;
            }
        }
        return count;
    }

    @Override
    public void relax(double[] costs, double[] duals, double offset, double floor, int row, double[] lengths,
            double[] before, double[] closed, double[] taken, double[] nearest) {
        int size = costs.length;
        int end = SPECIES.loopBound(size);
        DoubleVector least = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
        DoubleVector leastFree = least;
        DoubleVector columns = DoubleVector.zero(SPECIES).addIndex(1);
        DoubleVector first = columns;
        for (int j = 0; j < end; j += LENGTH) {
            DoubleVector through = DoubleVector.fromArray(SPECIES, costs, j)
                    .sub(DoubleVector.fromArray(SPECIES, duals, j)).add(offset);
            through = through.blend(floor, through.compare(LT, floor));
            DoubleVector length = DoubleVector.fromArray(SPECIES, lengths, j);
            VectorMask<Double> shorter = through.compare(LT, length);
            length = length.blend(through, shorter);
            length.intoArray(lengths, j);
            DoubleVector.fromArray(SPECIES, before, j).blend(row, shorter).intoArray(before, j);
            DoubleVector open = length.add(DoubleVector.fromArray(SPECIES, closed, j));
            VectorMask<Double> nearer = open.compare(LT, least);
            least = least.blend(open, nearer);
            first = first.blend(columns, nearer);
            columns = columns.add(LENGTH);
            DoubleVector free = length.add(DoubleVector.fromArray(SPECIES, taken, j));
            leastFree = leastFree.blend(free, free.compare(LT, leastFree));
        }
        nearest[0] = Double.POSITIVE_INFINITY;
        nearest[2] = Double.POSITIVE_INFINITY;
        double[] leasts = least.toArray();
        double[] firsts = first.toArray();
        double[] leastFrees = leastFree.toArray();
        for (int lane = 0; lane < LENGTH; lane++) {
            double open = leasts[lane];
            double column = firsts[lane];
            if (open < nearest[0] || (open == nearest[0] && column < nearest[1])) {
                nearest[0] = open;
                nearest[1] = column;
            }
            nearest[2] = Math.min(nearest[2], leastFrees[lane]);
        }
        for (int j = end; j < size; j++) {
            double length = Math.max(floor, offset + (costs[j] - duals[j]));
            if (length < lengths[j]) {
                lengths[j] = length;
                before[j] = row;
            }
            double open = lengths[j] + closed[j];
            if (open < nearest[0]) {
                nearest[0] = open;
                nearest[1] = j;
            }
            nearest[2] = Math.min(nearest[2], lengths[j] + taken[j]);
        }
    }
}
