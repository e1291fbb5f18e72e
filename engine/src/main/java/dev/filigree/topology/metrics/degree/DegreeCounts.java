package dev.filigree.topology.metrics.degree;

import java.util.Arrays;

/** How many neurons have which number of connections, without those that have none. */
final class DegreeCounts {
    private final int[] values;
    private final int[] counts;
    private final int different;
    private final int total;

    /** Counts; sorts {@code degrees}. */
    DegreeCounts(int[] degrees) {
        Arrays.sort(degrees);
        values = new int[degrees.length];
        counts = new int[degrees.length];
        int number = 0;
        int connected = 0;
        for (int degree : degrees) {
            if (degree > 0) {
                if (number == 0 || values[number - 1] != degree) {
                    values[number++] = degree;
                }
                counts[number - 1]++;
                connected++;
            }
        }
        different = number;
        total = connected;
    }

    /** How many different numbers of connections there are. */
    int different() {
        return different;
    }

    /** How many neurons have connections. */
    int total() {
        return total;
    }

    /** One of the numbers, ascending by index. */
    int value(int index) {
        return values[index];
    }

    /** How many neurons have that number. */
    int count(int index) {
        return counts[index];
    }
}
