package dev.filigree.fuzz;

import dev.filigree.kernel.PackedMatrix;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.SplittableRandom;

/** Arrays, matrices and topologies of impossible sizes and contents, and after they are closed. */
@SuppressWarnings("try") // what is closed too early is the point
final class MemoryMisuse {
    private final SplittableRandom random;
    private final Misuse judge;

    MemoryMisuse(SplittableRandom random, Misuse judge) {
        this.random = random;
        this.judge = judge;
    }

    void run() {
        judge.attempt(this::arrays);
        judge.attempt(this::matrices);
        judge.attempt(this::topologies);
        judge.attempt(this::arraysThatAreNoTopology);
    }

    private long length() {
        long[] absurd = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 50, 1L << 61};
        return random.nextInt(8) == 0 ? absurd[random.nextInt(absurd.length)] : random.nextInt(200);
    }

    private void arrays() {
        long length = length();
        try (FloatArray floats = FloatArray.allocate(length, "misused floats");
                IntArray ints = IntArray.allocate(length(), "misused ints");
                LongArray longs = LongArray.allocate(length(), "misused longs")) {
            for (int k = 0; k < 20; k++) {
                if (random.nextInt(10) == 0) {
                    floats.close();
                }
                if (random.nextInt(10) == 0) {
                    longs.close();
                }
                long index = length() - random.nextInt(3);
                judge.attempt(() -> floats.set(index, floats.get(index + 1) + 1));
                judge.attempt(() -> ints.set(index, ints.get(index + 1) + 1));
                judge.attempt(() -> longs.set(index, longs.get(index + 1) + 1));
                judge.attempt(floats::clear);
                judge.attempt(() -> floats.toArray());
                judge.attempt(() -> ints.buffer().checkLimit(4));
                judge.attempt(() -> longs.segment().byteSize());
                judge.attempt(() -> {
                    try (FloatArray other = floats.copy()) {
                        other.copyFrom(floats, index, random.nextInt(100), index);
                    }
                });
            }
        }
    }

    private void matrices() {
        try (TiledMatrix matrix = new TiledMatrix(Misuse.size(random), Misuse.size(random), Misuse.size(random),
                "misused matrix")) {
            for (int k = 0; k < 10; k++) {
                judge.attempt(() -> matrix.set(Misuse.size(random), Misuse.size(random), 1));
                judge.attempt(() -> matrix.get(Misuse.size(random), Misuse.size(random)));
                if (random.nextInt(10) == 0) {
                    matrix.close();
                }
            }
        }
        judge.attempt(() -> new PackedMatrix(Misuse.size(random), Misuse.size(random), Misuse.size(random)).close());
    }

    private void topologies() {
        int[][] rows = new int[random.nextInt(6)][];
        for (int j = 0; j < rows.length; j++) {
            rows[j] = random.ints(random.nextInt(4), 0, 6).sorted().toArray();
        }
        try (LayerTopology topology = LayerTopology.of(random.nextInt(-1, 7), rows)) {
            judge.attempt(() -> topology.position(Misuse.size(random), Misuse.size(random)));
            judge.attempt(() -> topology.fanIn(Misuse.size(random)));
            judge.attempt(() -> topology.source(Misuse.size(random)));
            try (OutgoingIndex outgoing = OutgoingIndex.of(topology)) {
                if (random.nextBoolean()) {
                    topology.close();
                }
                judge.attempt(() -> outgoing.position(Misuse.size(random), Misuse.size(random)));
                judge.attempt(() -> topology.copy().close());
                judge.attempt(() -> OutgoingIndex.of(topology).close());
                judge.attempt(() -> topology.sameConnections(topology));
            }
        }
    }

    private void arraysThatAreNoTopology() {
        try (LongArray starts = LongArray.copyOf(random.longs(random.nextInt(5), -1, 9).toArray(), "misused starts");
                IntArray sources = IntArray.copyOf(random.ints(random.nextInt(9), -1, 9).toArray(),
                        "misused sources")) {
            if (random.nextInt(5) == 0) {
                starts.close();
            }
            judge.attempt(() -> new LayerTopology(random.nextInt(9), random.nextInt(5), starts, sources));
        }
    }
}
