package dev.filigree.training.checkpoint;

import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.LayerState;
import dev.filigree.network.LearnedValues;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.TestNetworks;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.training.EpochState;
import dev.filigree.training.PhaseTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checkpoints of a few connections, in which every number is another. */
final class TinyCheckpoint {
    private TinyCheckpoint() {}

    static final List<LayerSpec> SPECS = List.of(
            new LayerSpec(4, TestNetworks.SOME, Activation.SRELU, Dropout.NONE),
            new LayerSpec(2, null, Activation.LINEAR, Dropout.NONE));

    /** With dense products only where a layer is dense. */
    static Compute compute() {
        return new Compute(TestNetworks.VECTOR, TestNetworks.DENSE, 1.0);
    }

    static Checkpoint of(int epoch, int step, boolean adam) {
        LayerTopology first = LayerTopology.of(3, new int[][]{{0, 2}, {}, {1}, {0, 1, 2}});
        int[] next = {0};
        NetworkState network = new NetworkState(List.of(
                new LayerState(3, first, values(6, adam, next), values(4, adam, next), values(16, adam, next)),
                new LayerState(4, null, values(8, adam, next), values(2, adam, next), null)), adam ? 11 : 0);
        return new Checkpoint("{\"seed\": 7}", "abc", new EpochState(7, epoch, step, 12.5, 20, 4L * Math.max(step, 8),
                List.of(3L, 0L), 6, new PhaseTimes(1, 2, 1.5, 0.5, 0)), network);
    }

    /** With connections that a network of {@link #SPECS} can be made of. */
    static Mlp network() {
        try (NetworkTopology topology = new NetworkTopology(
                List.of(LayerTopology.of(3, new int[][]{{0, 2}, {}, {1}, {0, 1, 2}}),
                        LayerTopology.of(4, new int[][]{{0, 1, 2, 3}, {0, 1, 2, 3}})))) {
            return Mlp.of(SPECS, topology, compute());
        }
    }

    private static LearnedValues values(int count, boolean adam, int[] next) {
        return new LearnedValues(array(count, next), array(count, next), adam ? array(count, next) : null);
    }

    private static FloatArray array(int count, int[] next) {
        FloatArray array = FloatArray.allocate(count, "test values");
        for (int k = 0; k < count; k++) {
            array.set(k, ++next[0] * 0.25f);
        }
        return array;
    }

    /** Everything in a checkpoint, bit by bit. */
    static String bits(Checkpoint checkpoint) {
        List<Object> bits = new ArrayList<>(List.of(checkpoint.settings(), checkpoint.dataChecksum(),
                checkpoint.epoch(), checkpoint.network().adamSteps()));
        for (LayerState layer : checkpoint.network().layers()) {
            LayerTopology topology = layer.topology();
            bits.add(topology == null
                    ? "full " + layer.inputs()
                    : topology + Arrays.toString(topology.rowStarts().toArray())
                            + Arrays.toString(topology.sources().toArray()));
            bits.add(bits(layer.weights()) + bits(layer.bias()) + bits(layer.activation()));
        }
        return bits.toString();
    }

    private static String bits(@Nullable LearnedValues values) {
        return values == null
                ? "none"
                : bits(values.values()) + bits(values.firstMoment())
                        + (values.secondMoment() == null ? "none" : bits(values.secondMoment()));
    }

    private static String bits(FloatArray values) {
        StringBuilder bits = new StringBuilder("[");
        for (long k = 0; k < values.length(); k++) {
            bits.append(Integer.toHexString(Float.floatToRawIntBits(values.get(k)))).append(' ');
        }
        return bits.append(']').toString();
    }
}
