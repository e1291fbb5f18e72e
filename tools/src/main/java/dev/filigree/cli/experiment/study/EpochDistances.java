package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.DistanceMatrix;
import dev.filigree.distance.pairs.PairLedger;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Distances of several runs at several epochs, without the connections whose weight is exactly 0, as in the files that
 * were published with the paper: SciPy leaves zeros out.
 *
 * @param epochs ascending
 * @param matrices per epoch, those of all pairs of runs
 * @param ceiling what unrelated networks of this shape score
 * @param sparse the layers in which a connection is missing somewhere: the others are equal in all networks
 */
record EpochDistances(List<Integer> epochs, List<DistanceMatrix> matrices, DistanceCeiling ceiling,
        List<Integer> sparse) {
    private static final DistanceMethod METHOD = DistanceMethod.exact(OutputNeurons.MATCHED);
    private static final long SEED = 0;

    static EpochDistances between(List<FinishedRun> runs, List<Integer> epochs, WorkerPool pool) throws IOException {
        List<DistanceMatrix> matrices = new ArrayList<>();
        List<Integer> sparse = new ArrayList<>();
        DistanceCeiling ceiling = null;
        for (int epoch : epochs) {
            List<NetworkTopology> networks = new ArrayList<>();
            try {
                for (FinishedRun run : runs) {
                    networks.add(run.readWithoutZeros(epoch));
                }
                matrices.add(DistanceMatrix.of(networks, METHOD, pool));
                if (ceiling == null) {
                    NetworkTopology first = networks.getFirst();
                    ceiling = DistanceCeiling.of(first, first, METHOD, DistanceCeiling.samplesFor(first), SEED,
                            PairLedger.NONE, pool);
                    for (int l = 0; l < first.depth(); l++) {
                        if (first.layer(l).density() < 1) {
                            sparse.add(l);
                        }
                    }
                }
            } finally {
                networks.forEach(NetworkTopology::close);
            }
        }
        if (ceiling == null) {
            throw new IllegalArgumentException("no epochs to compare, expected one or more");
        }
        return new EpochDistances(List.copyOf(epochs), List.copyOf(matrices), ceiling, List.copyOf(sparse));
    }

    /** Mean and spread of a layer over all pairs. */
    Spread layer(int layer, int position) {
        DistanceMatrix matrix = matrices.get(position);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < matrix.size(); i++) {
            for (int j = i + 1; j < matrix.size(); j++) {
                values.add(matrix.layerDistance(layer, i, j));
            }
        }
        return Spread.of(values);
    }
}
