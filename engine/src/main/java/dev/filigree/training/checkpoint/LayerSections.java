package dev.filigree.training.checkpoint;

import dev.filigree.io.checkpoint.CheckpointReader;
import dev.filigree.io.checkpoint.SectionContent;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import dev.filigree.network.LayerState;
import dev.filigree.network.LearnedValues;
import dev.filigree.network.NetworkState;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sections of a network's layers, as {@link Checkpoint} describes them. */
final class LayerSections {
    private static final String FIRST = ".first_moment";
    private static final String SECOND = ".second_moment";

    private final CheckpointReader in;
    private final String prefix;
    private final ArrayGroup arrays = new ArrayGroup();

    private LayerSections(CheckpointReader in, int layer) {
        this.in = in;
        this.prefix = prefix(layer);
    }

    private static String prefix(int layer) {
        return "layer%d.".formatted(layer);
    }

    /** Adds the sections of one layer. */
    static void add(int index, LayerState layer, List<SectionContent> sections) {
        String prefix = prefix(index);
        LayerTopology topology = layer.topology();
        if (topology != null) {
            sections.add(SectionContent.of(prefix + "row_starts", topology.rowStarts()));
            sections.add(SectionContent.of(prefix + "sources", topology.sources()));
        }
        add(prefix + "weights", layer.weights(), sections);
        add(prefix + "bias", layer.bias(), sections);
        if (layer.activation() != null) {
            add(prefix + "activation", layer.activation(), sections);
        }
    }

    private static void add(String name, LearnedValues values, List<SectionContent> sections) {
        sections.add(SectionContent.of(name, values.values()));
        sections.add(SectionContent.of(name + FIRST, values.firstMoment()));
        if (values.secondMoment() != null) {
            sections.add(SectionContent.of(name + SECOND, values.secondMoment()));
        }
    }

    /**
     * Reads all layers.
     *
     * @param shapes of each layer inputs and outputs
     * @return owned by the caller
     * @throws IllegalArgumentException if the sections do not fit each other
     */
    static NetworkState read(CheckpointReader in, long[] shapes, long adamSteps) throws IOException {
        List<LayerState> layers = new ArrayList<>();
        boolean whole = false;
        try {
            for (int l = 0; 2 * l < shapes.length; l++) {
                layers.add(new LayerSections(in, l).read(size(shapes[2 * l]), size(shapes[2 * l + 1])));
            }
            NetworkState network = new NetworkState(layers, adamSteps);
            whole = true;
            return network;
        } finally {
            if (!whole) {
                layers.forEach(LayerState::close);
            }
        }
    }

    /** One less than an int holds, so that positions never wrap around. */
    private static int size(long neurons) {
        if (neurons < 1 || neurons >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a layer of %,d neurons, expected 1 or more".formatted(neurons));
        }
        return (int) neurons;
    }

    private LayerState read(int inputs, int outputs) throws IOException {
        boolean whole = false;
        try {
            LayerTopology topology = in.contains(prefix + "sources") ? topology(inputs, outputs) : null;
            long connections = topology == null ? (long) inputs * outputs : topology.connections();
            String activation = prefix + "activation";
            LayerState state = new LayerState(inputs, topology, values(prefix + "weights", connections),
                    values(prefix + "bias", outputs),
                    in.contains(activation) ? values(activation, in.count(activation)) : null);
            whole = true;
            return state;
        } finally {
            if (!whole) {
                arrays.close();
            }
        }
    }

    private LayerTopology topology(int inputs, int outputs) throws IOException {
        LongArray starts = own(in.readLongs(prefix + "row_starts", outputs + 1L, "row starts"));
        String sources = prefix + "sources";
        IntArray indices = own(in.readInts(sources, in.count(sources), "sources"));
        return new LayerTopology(inputs, outputs, starts, indices);
    }

    private LearnedValues values(String name, long count) throws IOException {
        FloatArray values = own(in.readFloats(name, count, "parameters"));
        FloatArray first = own(in.readFloats(name + FIRST, count, "first moment"));
        @Nullable
        FloatArray second = in.contains(name + SECOND)
                ? own(in.readFloats(name + SECOND, count, "second moment"))
                : null;
        return new LearnedValues(values, first, second);
    }

    private <A extends OffHeapArray> A own(A array) {
        return arrays.add(() -> array);
    }
}
