package dev.filigree.cli.experiment.study;

import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.memory.FloatArray;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Networks of which each one differs from the one before in a small share of the connections of every sparse layer. Where
 * two have the same connection, it has the same weight in both. The output layer is complete and the same in all.
 */
final class SimilarNetworks {
    /**
     * Standard deviation of all initial weights: that of the published networks. Their weights after one epoch are normal
     * with a deviation of 0.105 and correlated by 0.9988 where two networks share a connection.
     */
    private static final double DEVIATION = 0.1;

    private static final double CHANGED = 0.01;

    /** Per layer the weights by place, {@code output * inputs + input}. */
    private final List<TreeMap<Long, Float>> layers = new ArrayList<>();

    private final List<Integer> widths;
    private final Random random;

    /**
     * The first network.
     *
     * @param widths neurons from the inputs to the outputs
     * @param density of every layer but the last
     */
    SimilarNetworks(List<Integer> widths, double density, long seed) {
        this.widths = List.copyOf(widths);
        // Random's sequence is part of its contract.
        random = new Random(seed);
        for (int l = 0; l + 1 < widths.size(); l++) {
            boolean last = l + 2 == widths.size();
            try (LayerTopology topology = ErdosRenyi.generate(widths.get(l), widths.get(l + 1),
                    new Sparsity.Density(last ? 1 : density), RandomStreams.key(seed, Purpose.TOPOLOGY, l))) {
                TreeMap<Long, Float> weights = new TreeMap<>();
                for (int output = 0; output < topology.outputs(); output++) {
                    for (long k = topology.rowStart(output); k < topology.rowStart(output + 1); k++) {
                        weights.put((long) output * topology.inputs() + topology.source(k), weight());
                    }
                }
                layers.add(weights);
            }
        }
    }

    private float weight() {
        return (float) (DEVIATION * random.nextGaussian());
    }

    /** Moves on to the next network. */
    void change() {
        for (int l = 0; l < layers.size() - 1; l++) {
            TreeMap<Long, Float> weights = layers.get(l);
            long places = (long) widths.get(l) * widths.get(l + 1);
            List<Long> present = new ArrayList<>(weights.keySet());
            Collections.shuffle(present, random);
            List<Long> removed = present.subList(0, (int) Math.round(CHANGED * present.size()));
            int wanted = weights.size();
            removed.forEach(weights::remove);
            while (weights.size() < wanted) {
                long place = random.nextLong(places);
                if (!weights.containsKey(place) && !removed.contains(place)) {
                    weights.put(place, weight());
                }
            }
        }
    }

    /** Writes the network as it is now, with biases of 0. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int l = 0; l < layers.size(); l++) {
            int inputs = widths.get(l);
            int outputs = widths.get(l + 1);
            int[][] incoming = new int[outputs][];
            Arrays.setAll(incoming, output -> new int[0]);
            try (FloatArray weights = FloatArray.allocate(layers.get(l).size(), "weights");
                    FloatArray bias = FloatArray.allocate(outputs, "bias")) {
                long k = 0;
                for (Map.Entry<Long, Float> connection : layers.get(l).entrySet()) {
                    int output = (int) (connection.getKey() / inputs);
                    incoming[output] = Arrays.copyOf(incoming[output], incoming[output].length + 1);
                    incoming[output][incoming[output].length - 1] = (int) (connection.getKey() % inputs);
                    weights.set(k++, connection.getValue());
                }
                try (LayerTopology topology = LayerTopology.of(inputs, incoming)) {
                    NetworkFiles.writeLayer(directory, l, topology, weights, bias);
                }
            }
        }
    }
}
