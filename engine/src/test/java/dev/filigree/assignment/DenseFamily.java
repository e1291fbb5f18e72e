package dev.filigree.assignment;

import java.util.SplittableRandom;

/** Kinds of dense problems that solvers find easy or hard. */
enum DenseFamily {
    UNIFORM, WITH_NEGATIVES, MANY_TIES, ZEROS_AND_ONES, MOSTLY_ONE, RATIOS, NEARLY_EQUAL, ALL_EQUAL, PRODUCTS,
    NEGATIVE_PRODUCTS, SQUARED_DIFFERENCES, BLOCKS, LARGE;

    DenseCosts costs(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] row = random.doubles(rows).toArray();
        double[] column = random.doubles(columns).toArray();
        return DenseCosts.computed(rows, columns, (i, j) -> switch (this) {
            case UNIFORM -> random.nextDouble();
            case WITH_NEGATIVES -> random.nextGaussian();
            case MANY_TIES -> random.nextInt(3);
            case ZEROS_AND_ONES -> random.nextInt(2);
            case MOSTLY_ONE -> random.nextInt(4) > 0 ? 1 : random.nextDouble();
            case RATIOS -> (double) random.nextInt(6) / (1 + random.nextInt(6));
            case NEARLY_EQUAL -> 1 + 1e-15 * random.nextInt(4);
            case ALL_EQUAL -> 7;
            case PRODUCTS -> (i + 1.0) * (j + 1.0);
            case NEGATIVE_PRODUCTS -> -(i + 1.0) * (j + 1.0);
            case SQUARED_DIFFERENCES -> (row[i] - column[j]) * (row[i] - column[j]);
            case BLOCKS -> (i / 5 * 7 + j / 5 * 11) % 4;
            case LARGE -> 1e12 * random.nextInt(1000);
        });
    }
}
