package dev.filigree.analysis;

/** Checks what is called a table of distances here. */
final class DistanceTable {
    private DistanceTable() {}

    /**
     * Finds out whether it is one: a symmetric square of finite numbers, 0 or more, with zeros on the diagonal.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void check(double[][] distances) {
        int size = distances.length;
        if (size == 0) {
            throw new IllegalArgumentException("an empty table of distances, expected one row or more");
        }
        for (int i = 0; i < size; i++) {
            if (distances[i].length != size) {
                throw new IllegalArgumentException(
                        "row %d has %d distances, expected %d, as many as rows".formatted(i, distances[i].length,
                                size));
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double distance = distances[i][j];
                if (!(distance >= 0) || Double.isInfinite(distance) || distance != distances[j][i]
                        || (i == j && distance != 0)) {
                    throw new IllegalArgumentException(
                            "the distance of %d and %d is %s and the other way round %s; expected equal finite numbers, 0 or more, and 0 of a thing and itself"
                                    .formatted(i, j, distance, distances[j][i]));
                }
            }
        }
    }
}
