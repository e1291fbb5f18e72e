package dev.filigree.cli.experiment.study.features;

import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.LayerWeights;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a network is connected to its inputs.
 *
 * @param degrees outgoing connections of each input whose weight is not 0; where it is, no gradient has come by
 * @param strengths sum of the absolute weights of these connections: node strength, by which Atashgahi et al. select
 *        features ("Quick and robust feature selection: the strength of energy-efficient sparse training for
 *        autoencoders", Machine Learning 111, 2022)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InputConnections(double[] degrees, double[] strengths) {
    /** Those of a network that was saved after an epoch. */
    static InputConnections of(FinishedRun run, int epoch) throws IOException {
        try (NetworkWeights network = NetworkFiles.readWeights(TopologyDirectory.open(run.path()).networkAt(epoch),
                BiasRow.ABSENT)) {
            LayerWeights layer = network.layers().getFirst();
            LayerTopology topology = layer.topology();
            double[] degrees = new double[topology.inputs()];
            double[] strengths = new double[topology.inputs()];
            for (long k = 0; k < topology.connections(); k++) {
                double weight = Math.abs(layer.weights().get(k));
                degrees[topology.source(k)] += weight > 0 ? 1 : 0;
                strengths[topology.source(k)] += weight;
            }
            return new InputConnections(degrees, strengths);
        }
    }

    /** The inputs, the strongest first, of equal ones the one with the lower number. */
    List<Integer> strongestFirst() {
        return IntStream.range(0, strengths.length).boxed()
                .sorted(Comparator.comparingDouble(input -> -strengths[input])).toList();
    }
}
