package dev.filigree.cli.workloads;

import dev.filigree.cli.run.NetworkSettings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network, the data it learns from, and how.
 *
 * @param name such as {@code W1}; variants of one workload add what tells them apart, as in {@code W3:0.01}
 * @param shape of the data
 * @param network without the data's sizes
 * @param batch samples per step
 * @param learningRate constant, with momentum 0.9
 * @param steps 0 to train whole epochs with evaluation and rewiring; else only this many steps are done
 */
public record Workload(String name, DataShape shape, NetworkSettings network, int batch, double learningRate,
        int steps) {
    /** Above this many connections, a dense network takes hours per epoch on a few processors. */
    private static final long MAX_DENSE_CONNECTIONS = 100_000_000;

    private static final String DENSE = "dense";

    /** Name of the workload that this is a variant of. */
    public String family() {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** Whether every layer is dense. */
    public boolean isDense() {
        return network.allDense();
    }

    /** The dense network of the same layer sizes on the same data. */
    public Workload dense() {
        return new Workload(family() + ":" + DENSE, shape,
                new NetworkSettings(network.hidden(), null, null, network.distribution(), network.topologyModel(),
                        false, network.activation(), network.dropout(),
                        network.init(), network.fanIn()),
                batch, learningRate, steps);
    }

    /** Connections of {@link #dense()}. */
    public long denseConnections() {
        List<Integer> widths = widths();
        return IntStream.range(1, widths.size()).mapToLong(l -> (long) widths.get(l - 1) * widths.get(l)).sum();
    }

    /** Whether {@link #dense()} can be trained in reasonable time and memory. */
    public boolean denseIsFeasible() {
        return denseConnections() <= MAX_DENSE_CONNECTIONS;
    }

    /** Neurons per layer, inputs and outputs included: {@code 784-1000-10}. */
    public String layers() {
        return widths().stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /** Which connections exist, in words. */
    public String connectivity() {
        if (isDense()) {
            return DENSE;
        }
        int colon = name.indexOf(':');
        String sparsity = colon < 0
                ? "epsilon %.0f".formatted(network.epsilon())
                : "density " + name.substring(colon + 1);
        return sparsity + (network.sparseOutput() ? ", sparse output" : ", dense output");
    }

    private List<Integer> widths() {
        return Stream.of(Stream.of(shape.features()), network.hidden().stream(), Stream.of(DataShape.CLASSES))
                .flatMap(sizes -> sizes).toList();
    }
}
