package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Small and stored topologies, and what tests do with them. */
final class TestTopologies {
    private TestTopologies() {}

    /** Each connection exists with the given probability. */
    static LayerTopology random(int inputs, int outputs, double density, Random random) {
        int[][] incoming = new int[outputs][];
        for (int j = 0; j < outputs; j++) {
            incoming[j] = IntStream.range(0, inputs).filter(i -> random.nextDouble() < density).toArray();
        }
        return LayerTopology.of(inputs, incoming);
    }

    /** A network whose layers have these sizes, input side first. */
    static NetworkTopology random(double density, Random random, int... sizes) {
        List<LayerTopology> layers = new ArrayList<>();
        for (int l = 1; l < sizes.length; l++) {
            layers.add(random(sizes[l - 1], sizes[l], density, random));
        }
        return new NetworkTopology(layers);
    }

    static Matching shuffle(int size, Random random) {
        List<Integer> images = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(images, random);
        return Matching.of(images.stream().mapToInt(i -> i).toArray(), size);
    }

    /** The same layer with input {@code i} called {@code inputs.column(i)} and output {@code j} called {@code outputs.column(j)}. */
    static LayerTopology renamed(LayerTopology layer, Matching inputs, Matching outputs) {
        int[][] incoming = new int[layer.outputs()][];
        for (int j = 0; j < layer.outputs(); j++) {
            incoming[outputs.column(j)] = Arrays.stream(incoming(layer, j)).map(inputs::column).sorted().toArray();
        }
        return LayerTopology.of(layer.inputs(), incoming);
    }

    /** The same network with its hidden neurons in another order. */
    static NetworkTopology withShuffledHiddenNeurons(NetworkTopology network, Random random) {
        List<LayerTopology> layers = new ArrayList<>();
        Matching inputs = Matching.identity(network.layer(0).inputs());
        for (int l = 0; l < network.depth(); l++) {
            int outputs = network.layer(l).outputs();
            Matching names = l == network.depth() - 1 ? Matching.identity(outputs) : shuffle(outputs, random);
            layers.add(renamed(network.layer(l), inputs, names));
            inputs = names;
        }
        return new NetworkTopology(layers);
    }

    static int[] incoming(LayerTopology layer, int output) {
        return IntStream.range(0, layer.fanIn(output)).map(k -> layer.source(layer.rowStart(output) + k)).toArray();
    }

    /** Reads a network written by make_fixtures.py. */
    static NetworkTopology stored(String name) throws IOException {
        try (InputStream resource = Objects.requireNonNull(TestTopologies.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            List<LayerTopology> layers = new ArrayList<>();
            for (String header = lines.readLine(); header != null; header = lines.readLine()) {
                String[] words = header.split(" ");
                int[][] incoming = new int[Integer.parseInt(words[2])][];
                for (int j = 0; j < incoming.length; j++) {
                    String line = Objects.requireNonNull(lines.readLine());
                    incoming[j] = line.isEmpty()
                            ? new int[0]
                            : Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
                }
                layers.add(LayerTopology.of(Integer.parseInt(words[1]), incoming));
            }
            return new NetworkTopology(layers);
        }
    }
}
