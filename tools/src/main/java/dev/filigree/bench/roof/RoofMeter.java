package dev.filigree.bench.roof;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;

/**
 * Measures {@link Roofs}. The probes take turns, and the fastest run of each counts: what made the others slower was
 * not the machine's limit but its other work.
 */
public final class RoofMeter {
    private static final int RUNS = 9;
    private static final int FMA_ROUNDS = 1_000;
    private static final int FMA_CALLS = 16;

    /** Rows of one call: short calls, because the JIT compiler finishes with what is called often. */
    private static final int GATHERS_PER_CALL = 512;

    private static final long LARGEST_PIECE = 4 << 20;
    private static final long SMALLEST_BURST = 1 << 20;

    /**
     * Bursts are timed together until they take so long, many times the call of all threads; no longer, for then
     * somebody else is likely to have had the core in between.
     */
    private static final long PART_NANOS = 500_000;

    /** Probes are warm when for so long no run of any was faster by a twentieth than its fastest before. */
    private static final long WARM_UP_NANOS = 500_000_000;

    private static final double FASTER = 1.05;

    /** Floats of a cache line, so that no two threads keep their results in the same one. */
    private static final int LINE = 16;

    /** So many positions at least, and so many per row, leave hardly a row out. */
    private static final int LEAST_POSITIONS = 16_384;

    private static final int POSITIONS_PER_ROW = 4;

    /** Does a piece of work long enough to hide the call, and returns a number that depends on all of it. */
    private interface Burst {
        float run(int worker);
    }

    /** A burst, what it does on each thread (floating-point operations or bytes), and its fastest rate. */
    private static final class Probe {
        final Burst burst;
        final double amount;
        double perNano;

        Probe(Burst burst, double amount) {
            this.burst = burst;
            this.amount = amount;
        }
    }

    private final WorkerPool pool;
    private final long runNanos;
    private final CacheSizes caches;

    /**
     * Prepares a measurement.
     *
     * @param pool whose threads measure together
     * @param runNanos how long each run of a probe lasts; there are nine runs, after those that warm up
     * @param caches decide the working sets
     */
    public RoofMeter(WorkerPool pool, long runNanos, CacheSizes caches) {
        this.pool = pool;
        this.runNanos = runNanos;
        this.caches = caches;
    }

    /**
     * Measures.
     *
     * @param widths neurons of the layers whose gather bandwidth is wanted
     * @param tileLanes floats per row of their activations
     * @throws IllegalStateException without the module jdk.incubator.vector
     */
    public Roofs measure(SortedSet<Integer> widths, int tileLanes) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException(
                    "the roofs are measured with the Vector API; start Java with --add-modules jdk.incubator.vector");
        }
        try (ArrayGroup arrays = new ArrayGroup()) {
            Probe fma = multiplyAdd();
            List<Roofs.Read> sets = workingSets();
            List<Probe> reads = sets.stream().map(set -> read(set.bytes(), arrays)).toList();
            int rowsPerNeuron = Math.ceilDiv(tileLanes * Float.BYTES, VectorProbes.ROW_BYTES);
            List<Probe> gathers = widths.stream().map(neurons -> gather(neurons, rowsPerNeuron, arrays)).toList();
            List<Probe> all = new ArrayList<>(List.of(fma));
            all.addAll(reads);
            all.addAll(gathers);
            FloatArray kept = arrays.floats((long) pool.threads() * LINE, "probe results");
            warmUp(all, kept);
            for (int run = 0; run < RUNS; run++) {
                all.forEach(probe -> run(probe, runNanos, kept));
            }
            List<Roofs.Gather> gathered = new ArrayList<>();
            for (int neurons : widths) {
                gathered.add(new Roofs.Gather(neurons, (long) rowsPerNeuron * VectorProbes.ROW_BYTES,
                        gathers.get(gathered.size()).perNano));
            }
            List<Roofs.Read> read = new ArrayList<>();
            for (Roofs.Read set : sets) {
                read.add(new Roofs.Read(set.level(), set.bytes(), reads.get(read.size()).perNano));
            }
            return new Roofs(pool.threads(), fma.perNano, List.copyOf(read), List.copyOf(gathered));
        }
    }

    /** A set well inside each cache, but well outside the one before it; one thread's, its rate still open. */
    private List<Roofs.Read> workingSets() {
        List<Roofs.Read> sets = new ArrayList<>();
        sets.add(new Roofs.Read("L1", wholeBlocks(caches.l1() / 2), 0));
        sets.add(new Roofs.Read("L2", wholeBlocks(caches.l2() / 2), 0));
        if (caches.l3() > 0) {
            // Others on the machine use this cache too.
            sets.add(new Roofs.Read("L3",
                    wholeBlocks(Math.max(2 * caches.l2(), caches.l3() / 4 / pool.threads())), 0));
        }
        long beyond = 4 * Math.max(caches.l3(), 4 * caches.l2());
        sets.add(new Roofs.Read("DRAM", wholeBlocks(Math.max(64 << 20, beyond / pool.threads())), 0));
        return sets;
    }

    private static long wholeBlocks(long bytes) {
        return bytes / VectorProbes.BLOCK_BYTES * VectorProbes.BLOCK_BYTES;
    }

    private static Probe multiplyAdd() {
        return new Probe(worker -> {
            float sum = 0;
            for (int call = 0; call < FMA_CALLS; call++) {
                sum += VectorProbes.multiplyAdd(FMA_ROUNDS, 0.5f, 1f + worker + call);
            }
            return sum;
        }, (double) FMA_CALLS * FMA_ROUNDS * VectorProbes.FLOP_PER_ROUND);
    }

    private Probe read(long bytes, ArrayGroup arrays) {
        FloatArray set = filled(bytes / Float.BYTES * pool.threads(), arrays);
        // A large set is read in pieces, one per burst, a small one several times.
        long piece = Math.min(bytes, LARGEST_PIECE);
        int blocks = (int) (piece / VectorProbes.BLOCK_BYTES);
        int passes = (int) Math.max(1, SMALLEST_BURST / bytes);
        LongArray next = arrays.longs((long) pool.threads() * LINE, "probe positions");
        return new Probe(worker -> {
            long from = next.get((long) worker * LINE);
            next.set((long) worker * LINE, from + 2 * piece <= bytes ? from + piece : 0);
            float sum = 0;
            for (int pass = 0; pass < passes; pass++) {
                sum += VectorProbes.read(set.address() + worker * bytes + from, blocks);
            }
            return sum;
        }, (double) piece * passes);
    }

    private Probe gather(int neurons, int rowsPerNeuron, ArrayGroup arrays) {
        FloatArray rows = filled((long) neurons * rowsPerNeuron * (VectorProbes.ROW_BYTES / Float.BYTES), arrays);
        int wanted = Math.max(LEAST_POSITIONS, POSITIONS_PER_ROW * neurons) * rowsPerNeuron;
        int count = Math.ceilDiv(wanted, GATHERS_PER_CALL) * GATHERS_PER_CALL;
        IntArray positions = arrays.ints(count, "probe positions");
        SplittableRandom random = new SplittableRandom(neurons);
        // A tile wider than a row of the probe is several of them, one after the other.
        for (int k = 0; k < count; k += rowsPerNeuron) {
            int neuron = random.nextInt(neurons);
            for (int row = 0; row < rowsPerNeuron && k + row < count; row++) {
                positions.set(k + row, neuron * rowsPerNeuron + row);
            }
        }
        return new Probe(worker -> {
            float sum = 0;
            for (int k = 0; k < count; k += GATHERS_PER_CALL) {
                sum += VectorProbes.gather(rows.address(), positions.address() + (long) k * Integer.BYTES,
                        GATHERS_PER_CALL);
            }
            return sum;
        }, (double) count * VectorProbes.ROW_BYTES);
    }

    private static FloatArray filled(long length, ArrayGroup arrays) {
        FloatArray array = arrays.floats(length, "probe memory");
        // Written, so that every page is there: a page never written to is the same zeros for all.
        for (long i = 0; i < length; i += LINE) {
            array.set(i, 1);
        }
        return array;
    }

    /** In turns too: while one is compiled, the others run. */
    private void warmUp(List<Probe> probes, FloatArray kept) {
        long improved = System.nanoTime();
        while (System.nanoTime() - improved < WARM_UP_NANOS) {
            for (Probe probe : probes) {
                double fastest = probe.perNano;
                run(probe, runNanos / 2, kept);
                if (probe.perNano > FASTER * fastest) {
                    improved = System.nanoTime();
                }
            }
        }
    }

    /** Repeats the burst on all threads until the time is over and keeps the fastest rate. */
    private void run(Probe probe, long nanos, FloatArray kept) {
        long end = System.nanoTime() + nanos;
        long start = System.nanoTime();
        int bursts = 1;
        while (start < end) {
            int repeats = bursts;
            pool.run(worker -> {
                float sum = 0;
                for (int i = 0; i < repeats; i++) {
                    sum += probe.burst.run(worker);
                }
                kept.set((long) worker * LINE, sum);
            });
            long now = System.nanoTime();
            long took = Math.max(1, now - start);
            probe.perNano = Math.max(probe.perNano, pool.threads() * bursts * probe.amount / took);
            if (took < PART_NANOS) {
                bursts = 2 * bursts;
            }
            start = System.nanoTime();
        }
    }
}
