package dev.filigree.topology.metrics;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ways through a network, each from an input to an output along one connection per layer.
 *
 * @param counts for each layer, the number of paths from the network's inputs to its outputs; that of the last layer is
 *        the number of input–output paths (Patil and Dovrolis, ICML 2021, relate it to how well sparse networks learn)
 * @param active for each layer, the share of its output neurons that lie on an input–output path, in [0, 1]: the others
 *        take no part in what the network computes (Zhang et al., ICLR 2024, remove them as incomplete links)
 */
public record Paths(List<BigInteger> counts, List<Double> active) {
    /** Copies the lists. */
    public Paths {
        counts = List.copyOf(counts);
        active = List.copyOf(active);
    }

    /** Counts exactly, in time proportional to neurons and connections. */
    public static Paths of(NetworkTopology network) {
        List<boolean[]> reached = new ArrayList<>();
        List<BigInteger> counts = new ArrayList<>();
        BigInteger[] arriving = new BigInteger[network.layer(0).inputs()];
        Arrays.fill(arriving, BigInteger.ONE);
        for (LayerTopology layer : network.layers()) {
            arriving = pass(layer, arriving);
            boolean[] some = new boolean[arriving.length];
            BigInteger all = BigInteger.ZERO;
            for (int output = 0; output < arriving.length; output++) {
                some[output] = arriving[output].signum() > 0;
                all = all.add(arriving[output]);
            }
            reached.add(some);
            counts.add(all);
        }
        return new Paths(counts, active(network, reached));
    }

    private static BigInteger[] pass(LayerTopology layer, BigInteger[] arriving) {
        BigInteger[] passed = new BigInteger[layer.outputs()];
        for (int output = 0; output < passed.length; output++) {
            BigInteger sum = BigInteger.ZERO;
            for (long k = layer.rowStart(output); k < layer.rowStart(output + 1); k++) {
                sum = sum.add(arriving[layer.source(k)]);
            }
            passed[output] = sum;
        }
        return passed;
    }

    /** Goes back from the outputs, along the neurons that are reached. */
    private static List<Double> active(NetworkTopology network, List<boolean[]> reached) {
        Double[] shares = new Double[network.depth()];
        boolean[] leading = reached.getLast();
        for (int l = network.depth() - 1; l >= 0; l--) {
            LayerTopology layer = network.layer(l);
            boolean[] before = new boolean[layer.inputs()];
            int number = 0;
            for (int output = 0; output < layer.outputs(); output++) {
                if (leading[output] && reached.get(l)[output]) {
                    number++;
                    for (long k = layer.rowStart(output); k < layer.rowStart(output + 1); k++) {
                        before[layer.source(k)] = true;
                    }
                }
            }
            shares[l] = (double) number / layer.outputs();
            leading = before;
        }
        return List.of(shares);
    }
}
