package dev.filigree.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that joins the closest things first.
 *
 * <p>Clusters are numbered: {@code 0 … leaves - 1} are the things themselves, {@code leaves + k} is what merge {@code k}
 * made.
 *
 * @param leaves number of things, 1 or more
 * @param merges from the lowest to the highest, one fewer than leaves
 */
public record Dendrogram(int leaves, List<Merge> merges) {
    /**
     * Two clusters become one.
     *
     * @param left the cluster with the leaf of the lowest number
     * @param height their distance
     * @param size number of leaves in both
     */
    public record Merge(int left, int right, double height, int size) {}

    /**
     * Checks the number of merges.
     *
     * @throws IllegalArgumentException if they do not join all leaves
     */
    public Dendrogram {
        merges = List.copyOf(merges);
        if (leaves < 1 || merges.size() != leaves - 1) {
            throw new IllegalArgumentException(
                    "%d merges of %d leaves; expected one leaf or more, and one merge fewer".formatted(merges.size(),
                            leaves));
        }
    }

    /**
     * Joins again and again the two clusters that are closest, by the mean distance of their members (average linkage,
     * UPGMA: Sokal and Michener, 1958). Of equally close ones, those whose first leaves have the lowest numbers. Takes
     * time with the cube of the size; 500 things take less than a second.
     *
     * @param distances a symmetric square of finite numbers, 0 or more, with zeros on the diagonal
     * @throws IllegalArgumentException if it is not such a square
     */
    public static Dendrogram averageLinkage(double[][] distances) {
        DistanceTable.check(distances);
        int leaves = distances.length;
        double[][] between = new double[leaves][];
        // A cluster lives at the place of its first leaf.
        int[] cluster = new int[leaves];
        int[] size = new int[leaves];
        for (int i = 0; i < leaves; i++) {
            between[i] = distances[i].clone();
            cluster[i] = i;
            size[i] = 1;
        }
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < leaves - 1) {
            int a = -1;
            int b = -1;
            for (int i = 0; i < leaves; i++) {
                for (int j = i + 1; size[i] > 0 && j < leaves; j++) {
                    if (size[j] > 0 && (a < 0 || between[i][j] < between[a][b])) {
                        a = i;
                        b = j;
                    }
                }
            }
            int joined = size[a] + size[b];
            merges.add(new Merge(cluster[a], cluster[b], between[a][b], joined));
            for (int k = 0; k < leaves; k++) {
                double mean = (size[a] * between[a][k] + size[b] * between[b][k]) / joined;
                between[a][k] = mean;
                between[k][a] = mean;
            }
            cluster[a] = leaves + merges.size() - 1;
            size[a] = joined;
            size[b] = 0;
        }
        return new Dendrogram(leaves, merges);
    }

    /** The leaves as they stand below the tree, from left to right, so that no two branches cross. */
    public List<Integer> leafOrder() {
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            members.add(List.of(i));
        }
        for (Merge merge : merges) {
            List<Integer> both = new ArrayList<>(members.get(merge.left()));
            both.addAll(members.get(merge.right()));
            members.add(both);
        }
        return List.copyOf(members.getLast());
    }

    /** Height of a cluster: 0 for a leaf. */
    public double height(int cluster) {
        return cluster < leaves ? 0 : merges.get(cluster - leaves).height();
    }
}
