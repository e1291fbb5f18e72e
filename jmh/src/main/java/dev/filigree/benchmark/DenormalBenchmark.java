package dev.filigree.benchmark;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Sparsity;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What denormal numbers cost where training meets them: velocities that die away, and deltas of all but certain classes. */
public class DenormalBenchmark extends SteadyState {
    /** A layer of 1000 × 1000 neurons and 40,000 connections, a batch of 128. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
    public static class Operands {
        /** Of velocities and deltas; the second one is denormal. */
        @Param({"1e-2", "1e-40"})
        private float magnitude;

        private final SparseKernels kernels = SparseKernels.best();
        private final ArrayGroup arrays = new ArrayGroup();
        private LayerTopology topology;
        private OutgoingIndex outgoing;
        private FloatArray weights;
        private FloatArray velocity;
        private FloatArray gradient;
        private FloatArray scratch;
        private TiledMatrix x;
        private TiledMatrix delta;
        private TiledMatrix inputDelta;

        /** For JMH. */
        public Operands() {}

        /** Fills everything. */
        @Setup
        public void fill() {
            topology = ErdosRenyi.generate(1000, 1000, new Sparsity.Density(0.04), 1);
            outgoing = OutgoingIndex.of(topology);
            weights = array(0.1f);
            velocity = array(magnitude);
            gradient = array(0);
            scratch = arrays.add(() -> kernels.scratch(outgoing.largestFanOut()));
            x = matrix(0.5f);
            delta = matrix(magnitude);
            inputDelta = matrix(0);
        }

        private FloatArray array(float value) {
            FloatArray array = arrays.floats(topology.connections(), "benchmark values");
            fill(array, value);
            return array;
        }

        private TiledMatrix matrix(float value) {
            TiledMatrix matrix = new TiledMatrix(1000, 128, kernels.tileLanes(128), "benchmark activations");
            fill(matrix.values(), value);
            return matrix;
        }

        private static void fill(FloatArray array, float value) {
            for (long k = 0; k < array.length(); k++) {
                array.set(k, value);
            }
        }

        /** Frees everything. */
        @TearDown
        public void close() {
            x.close();
            delta.close();
            inputDelta.close();
            arrays.close();
            outgoing.close();
            topology.close();
        }
    }

    /** A step of momentum in which the velocities stay as they are. */
    @Benchmark
    public boolean update(Operands layer) {
        return layer.kernels.parameters().momentum(layer.weights, layer.velocity, layer.gradient, 0, 0,
                layer.weights.length(), 0, 1,
                0, 0, false);
    }

    /** The backward sweep. */
    @Benchmark
    public void backward(Operands layer) {
        layer.kernels.backward(layer.outgoing, layer.weights, layer.gradient, 0, layer.x, layer.x, layer.inputDelta,
                layer.delta, layer.scratch, 0, layer.x.tiles(), 0, 1000, 0.1f);
    }
}
