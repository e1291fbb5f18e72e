package dev.filigree.fuzz;

import dev.filigree.kernel.BatchKernels;
import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.ExistingPlaces;
import dev.filigree.kernel.PackedMatrix;
import dev.filigree.kernel.SampleProduct;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.FullChecks;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The kernels' facade with operands drawn from a few of every kind, of which some fit and some do not, some are closed, and
 * some are given twice. Contents of index arrays are wrong only if {@link FullChecks} are there to find it.
 */
@SuppressWarnings("try") // what is closed too early is the point
final class KernelMisuse {
    private static final SparseKernels SCALAR = new SparseKernels(new ScalarKernels(4));
    private static final int[] WIDTHS = {1, 5, 17, 33};

    private final SplittableRandom random;
    private final Misuse judge;
    private final SparseKernels kernels;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<FloatArray> floats = new ArrayList<>();
    private final List<IntArray> ints = new ArrayList<>();
    private final List<TiledMatrix> matrices = new ArrayList<>();
    private final List<LayerTopology> topologies = new ArrayList<>();
    private final List<OutgoingIndex> outgoing = new ArrayList<>();

    KernelMisuse(SplittableRandom random, Misuse judge) {
        this.random = random;
        this.judge = judge;
        this.kernels = random.nextBoolean() ? SparseKernels.best() : SCALAR;
    }

    void run() {
        try {
            fill();
            for (int k = 0; k < 300; k++) {
                judge.attempt(this::call);
                if (random.nextInt(200) == 0) {
                    (random.nextBoolean() ? any(floats) : any(matrices)).close();
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            open.forEach(KernelMisuse::close);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private <C extends AutoCloseable> C keep(C resource) {
        open.add(resource);
        return resource;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int width() {
        return WIDTHS[random.nextInt(WIDTHS.length)];
    }

    private void fill() {
        for (int k = 0; k < 3; k++) {
            LayerTopology topology = keep(ErdosRenyi.generate(width(), width(),
                    new Sparsity.Density(random.nextInt(4) == 0 ? 1 : 0.3), random.nextLong()));
            topologies.add(topology);
            outgoing.add(keep(OutgoingIndex.of(topology)));
            for (int copy = 0; copy < 3; copy++) {
                floats.add(array(topology.connections()));
                floats.add(array(topology.outputs()));
            }
            floats.add(array((long) topology.inputs() * topology.outputs()));
            floats.add(keep(kernels.scratch(Math.max(topology.largestFanIn(), outgoing.get(k).largestFanOut()))));
            for (int copy = 0; copy < 2; copy++) {
                int lanes = kernels.tileLanes(random.nextInt(3) == 0 ? 1 : 128);
                int batch = lanes * random.nextInt(1, 3);
                matrices.add(matrix(topology.inputs(), batch, lanes));
                matrices.add(matrix(topology.outputs(), batch, lanes));
                matrices.add(matrix(topology.outputs(), batch, lanes));
            }
        }
        matrices.add(matrix(width(), 7, 3));
        ints.add(keep(IntArray.allocate(3, "misused ints")));
        ints.add(keep(IntArray.allocate(300, "misused ints")));
        if (FullChecks.ENABLED) {
            ints.add(keep(IntArray.copyOf(random.ints(300, -2, 400).toArray(), "misused ints")));
        }
    }

    private FloatArray array(long length) {
        FloatArray array = keep(FloatArray.allocate(length, "misused floats"));
        for (long k = 0; k < length; k++) {
            array.set(k, Misuse.number(random));
        }
        return array;
    }

    private TiledMatrix matrix(int neurons, int batch, int lanes) {
        return keep(new TiledMatrix(neurons, batch, lanes, "misused matrix"));
    }

    private int bound() {
        return random.nextInt(3) == 0 ? Misuse.size(random) : random.nextInt(4);
    }

    private void call() {
        int which = random.nextInt(topologies.size());
        LayerTopology topology = topologies.get(which);
        OutgoingIndex out = outgoing.get(which);
        FloatArray a = any(floats);
        FloatArray b = any(floats);
        FloatArray c = any(floats);
        FloatArray d = any(floats);
        TiledMatrix x = any(matrices);
        TiledMatrix y = any(matrices);
        TiledMatrix z = any(matrices);
        TiledMatrix w = any(matrices);
        IntArray i = any(ints);
        IntArray j = any(ints);
        int from = bound();
        int to = bound();
        int first = bound();
        int end = bound();
        float number = Misuse.number(random);
        switch (random.nextInt(21)) {
            case 0 -> kernels.forward(topology, a, b, x, y, random.nextBoolean() ? z : null, from, to, first, end,
                    number);
            case 1 -> kernels.backward(out, a, b, from, x, y, z, w, c, from, to, first, end, number);
            case 2 -> kernels.gradient(topology, a, from, x, y, b, from, to, first, end);
            case 3 -> kernels.transpose(a, b, topology.sources(), zeros(topology.inputs()), from, to);
            case 4 -> kernels.transpose(a, b, out, null, null, starts(topology));
            case 5 -> kernels.parameters().add(a, b, from, to);
            case 6 -> kernels.parameters().momentum(a, b, c, from, first, to, number, number, number, number,
                    random.nextBoolean());
            case 7 -> kernels.parameters().adam(a, b, c, d, from, first, to, number, number, number, number, number,
                    number, number);
            case 8 -> kernels.batches().biasActivation(x, random.nextBoolean() ? y : null, a, from, first, end, number);
            case 9 -> kernels.batches().gate(x, y, from, first, end, number);
            case 10 -> kernels.batches().rowSums(x, from, a, first, end);
            case 11 -> kernels.batches().sumRows(a, b, to, first, end);
            case 12 ->
                kernels.batches().gatherTransposed(a, FullChecks.ENABLED ? i : zeros(200), from, to, x, from, to, first,
                        end);
            case 13 -> {
                kernels.parameters().clamp(a, from, to, number);
                kernels.parameters().scale(b, from, to, number);
            }
            case 14 -> SampleProduct.sparse(topology, a, b, c, d);
            case 15 -> places(topology, a, b, first, end);
            case 16 -> packed(topology, x, y, a, b, from, to, first, end);
            case 17 -> pass(kernels.batches(), x, y, a, b, from, first, end);
            case 18 -> kernels.batches().argmax(x, from, i);
            case 19 -> blocks(topology, a, b, c, from, to, first, end);
            default -> losses(kernels.batches(), x, y, i, j, a, b, from, to);
        }
    }

    private IntArray zeros(long length) {
        return keep(IntArray.allocate(length, "zeros"));
    }

    /** Where the connections of every output neuron begin. */
    private IntArray starts(LayerTopology topology) {
        IntArray starts = zeros(topology.outputs());
        for (int row = 0; row < topology.outputs(); row++) {
            starts.set(row, (int) topology.rowStart(row));
        }
        return starts;
    }

    private void places(LayerTopology topology, FloatArray a, FloatArray b, int first, int end) {
        try (ExistingPlaces places = new ExistingPlaces(topology)) {
            judge.attempt(() -> kernels.full().expand(topology, a, places, b, first, end));
            judge.attempt(() -> kernels.full().pick(topology, a, places, b, first, end));
            judge.attempt(() -> kernels.full().keepExisting(a, bound(), places, first, end));
        }
    }

    private void blocks(LayerTopology topology, FloatArray a, FloatArray b, FloatArray c, int from, int to, int first,
            int end) {
        try (ArrayGroup group = new ArrayGroup()) {
            BlockedIndex incoming = BlockedIndex.incoming(topology, group);
            BlockedIndex outgoing = BlockedIndex.outgoing(topology, group);
            BlockedIndex either = random.nextBoolean() ? incoming : outgoing;
            FloatArray weights = random.nextBoolean() ? a : group.floats(either.positions(), "misused floats");
            TiledMatrix x = any(matrices);
            TiledMatrix y = any(matrices);
            if (random.nextInt(20) == 0) {
                group.close();
            }
            switch (random.nextInt(3)) {
                case 0 ->
                    kernels.blocked().forward(either, weights, b, x, y, random.nextBoolean() ? any(matrices) : null,
                            from, to, first, end, Misuse.number(random));
                case 1 -> kernels.blocked().backward(either, bound(), weights, b, bound(), x, any(matrices),
                        any(matrices), y, c, from, to, first, end, Misuse.number(random));
                default -> kernels.blocked().transpose(random.nextInt(5) == 0 ? incoming : outgoing, b, either, weights,
                        keep(LongArray.allocate(random.nextInt(300), "next addresses")), bound(), from, to);
            }
        }
    }

    private void packed(LayerTopology topology, TiledMatrix x, TiledMatrix y, FloatArray a, FloatArray b, int from,
            int to, int first, int end) {
        try (PackedMatrix packed = new PackedMatrix(topology.inputs(), x.tiles(), x.tileLanes())) {
            judge.attempt(() -> kernels.pack(x, packed, from, to, first, end));
            if (random.nextInt(10) == 0) {
                packed.close();
            }
            kernels.forwardPacked(topology, a, b, packed, y, null, from, to, first, end, 0);
        }
    }

    private void pass(BatchKernels batches, TiledMatrix x, TiledMatrix y, FloatArray a, FloatArray b, int tile,
            int first,
            int end) {
        switch (random.nextInt(7)) {
            case 0 -> batches.dropout(x, tile, first, end, random.nextLong(), Misuse.number(random), 2);
            case 1 -> batches.tanh(x, tile, first, end);
            case 2 -> batches.sigmoid(x, tile, first, end);
            case 3 -> batches.tanhDerivative(x, y, tile, first, end, Misuse.number(random));
            case 4 -> batches.sigmoidDerivative(x, y, tile, first, end, Misuse.number(random));
            case 5 -> batches.srelu(x, y, tile, a, first, end);
            default -> batches.sreluBackward(x, y, a, b, first, end);
        }
    }

    private void losses(BatchKernels batches, TiledMatrix x, TiledMatrix y, IntArray i, IntArray j, FloatArray a,
            FloatArray b, int tile, int samples) {
        TiledMatrix delta = random.nextBoolean() ? y : null;
        IntArray labels = FullChecks.ENABLED ? i : zeros(300);
        IntArray best = FullChecks.ENABLED ? j : zeros(300);
        if (random.nextBoolean()) {
            batches.crossEntropy(x, tile, labels, best, samples, delta, 1, a, b);
        } else {
            batches.squaredError(x, tile, labels, samples, delta, 1, a);
        }
    }
}
