package dev.filigree.benchmark.assignment;

import dev.filigree.distance.NeuronDistance;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Kinds of costs that are easy for one solver and hard for another. All are integers, which every solver can take, so
 * that answers can be compared exactly.
 */
public enum CostFamily {
    /** Distances of the neurons of two random layers with 0.5 % of the connections, in millionths. */
    NNSTD {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            try (LayerTopology a = layer(size, random.nextLong()); LayerTopology b = layer(size, random.nextLong())) {
                return distances(a, b);
            }
        }

        private static LayerTopology layer(int size, long seed) {
            return ErdosRenyi.generate(size, size, new Sparsity.Density(0.005), seed);
        }
    },

    /**
     * Distances of the first layers of the two networks published with the NNSTD paper, at epoch 190, in millionths; a
     * folder {@code shared/data/topologies} with them must lie in one of the folders above.
     */
    PUBLISHED {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            try (NetworkTopology a = read("e5_s0_w0"); NetworkTopology b = read("e5_s0_w1")) {
                if (a.layers().getFirst().outputs() != size) {
                    throw new IllegalArgumentException("size is %d, but the published layers have %d neurons"
                            .formatted(size, a.layers().getFirst().outputs()));
                }
                return distances(a.layers().getFirst(), b.layers().getFirst());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static NetworkTopology read(String network) throws IOException {
            Path below = Path.of("shared", "data", "topologies", network, "epoch_190");
            for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve(below))) {
                    return NetworkFiles.readTopology(folder.resolve(below), BiasRow.AUTO);
                }
            }
            throw new IOException(
                    "no folder %s in any of those above; choose other families with -p family=".formatted(below));
        }
    },

    /** Uniformly random, 0 to 999,999. */
    UNIFORM {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            return fill(size, (i, j) -> random.nextInt(1_000_000));
        }
    },

    /** Uniformly random, 0 to 99: many ties. */
    SMALL_INTEGERS {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            return fill(size, (i, j) -> random.nextInt(100));
        }
    },

    /** {@code (i + 1)·(j + 1)}: every row wants the same columns, and shortest paths are long. */
    PRODUCTS {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            return fill(size, (i, j) -> (i + 1) * (j + 1));
        }
    },

    /** Twenty kinds of rows and of columns: each row has many equally good columns. */
    BLOCKS {
        @Override
        int[][] draw(int size, SplittableRandom random) {
            int[][] kinds = fill(20, (i, j) -> random.nextInt(10));
            return fill(size, (i, j) -> kinds[20 * i / size][20 * j / size]);
        }
    };

    private interface Cost {
        int of(int row, int column);
    }

    abstract int[][] draw(int size, SplittableRandom random);

    /** Square costs; the same size and seed give the same. */
    public int[][] costs(int size, long seed) {
        return draw(size, new SplittableRandom(seed));
    }

    private static int[][] fill(int size, Cost cost) {
        int[][] costs = new int[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                costs[i][j] = cost.of(i, j);
            }
        }
        return costs;
    }

    private static int[][] distances(LayerTopology a, LayerTopology b) {
        return fill(a.outputs(), (i, j) -> (int) Math.rint(1e6 * NeuronDistance.between(a, i, b, j)));
    }
}
