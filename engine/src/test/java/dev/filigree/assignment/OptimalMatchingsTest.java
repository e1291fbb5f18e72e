package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptimalMatchingsTest {
    @Test
    void preferredMatchingIsOptimalAndTheBestLiked() {
        Random random = new Random(3);
        try (WorkerPool pool = new WorkerPool(1)) {
            for (int repeat = 0; repeat < 2000; repeat++) {
                int rows = 1 + random.nextInt(5);
                int columns = 1 + random.nextInt(5);
                double[][] costs = new double[rows][columns];
                int[][] liking = new int[rows][columns];
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        costs[i][j] = -random.nextInt(3);
                        liking[i][j] = random.nextInt(50);
                    }
                }
                int[][] all = new int[rows][];
                Arrays.setAll(all, i -> IntStream.range(0, columns).toArray());
                try (SparseCosts problem = SparseCosts.of(columns, 0, all, costs)) {
                    OptimalMatchings optima = new SparseSolver().optima(problem, pool);
                    int[] preferred = optima.preferred((i, j) -> liking[i][j], pool);
                    long[] best = best(costs, liking, 0, new boolean[columns]);
                    assertThat(score(costs, liking, preferred)).as("%s liked as %s", Arrays.deepToString(costs),
                            Arrays.deepToString(liking)).isEqualTo(best);
                }
            }
        }
    }

    /** Negative cost, then the likings of the pairs that save something, each one more than given. */
    private static long[] score(double[][] costs, int[][] liking, int[] columnOfRow) {
        long[] score = new long[2];
        for (int i = 0; i < columnOfRow.length; i++) {
            int j = columnOfRow[i];
            if (j != Matching.NONE && costs[i][j] < 0) {
                score[0] -= (long) costs[i][j];
                score[1] += 1 + liking[i][j];
            }
        }
        return score;
    }

    private static long[] best(double[][] costs, int[][] liking, int row, boolean[] used) {
        if (row == costs.length) {
            return new long[2];
        }
        long[] best = best(costs, liking, row + 1, used);
        for (int j = 0; j < used.length; j++) {
            if (!used[j] && costs[row][j] < 0) {
                used[j] = true;
                long[] rest = best(costs, liking, row + 1, used);
                used[j] = false;
                long saved = rest[0] - (long) costs[row][j];
                long liked = rest[1] + 1 + liking[row][j];
                if (saved > best[0] || (saved == best[0] && liked > best[1])) {
                    best = new long[]{saved, liked};
                }
            }
        }
        return best;
    }
}
