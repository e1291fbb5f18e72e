package dev.filigree.benchmark.layer;

import dev.filigree.topology.LayerTopology;

/** Refuses to compare times of contenders whose answers differ. */
public final class Agreement {
    /** Relative to 1 plus the value: float sums of a layer's length in another order differ by much less. */
    private static final double TOLERANCE = 1e-3;

    private Agreement() {}

    /**
     * Computes the forward product with Filigree and with the peer.
     *
     * @throws IllegalStateException if they differ
     */
    public static void require(LayerOperands operands, ForwardPeer peer) {
        compare(operands, peer, (filigree, name) -> {
        });
    }

    /**
     * As {@link #require(LayerOperands, ForwardPeer)}, and the backward sweep, the gradient alone and the update.
     *
     * @throws IllegalStateException if they differ
     */
    public static void require(LayerOperands operands, TrainingPeer peer) {
        compare(operands, peer, (filigree, name) -> {
            filigree.backward();
            peer.backward();
            for (int i = 0; i < operands.inputs(); i++) {
                for (int s = 0; s < operands.batch; s++) {
                    float passed = operands.x()[i * operands.batch + s] > 0 ? peer.inputDelta(i, s) : 0;
                    same(name, "delta of input neuron", i, filigree.inputDelta(i, s), passed);
                }
            }
            LayerTopology topology = operands.topology();
            eachConnection(topology, (j, i, k) -> same(name, "gradient of connection", k, filigree.gradient(k),
                    peer.gradient(j, i, k)));
            filigree.gradient();
            peer.gradient();
            eachConnection(topology, (j, i, k) -> same(name, "gradient of connection", k, filigree.gradientAlone(k),
                    peer.gradient(j, i, k)));
            filigree.update();
            peer.update();
            eachConnection(topology, (j, i, k) -> same(name, "weight of connection", k, filigree.weight(k),
                    peer.weight(j, i, k)));
        });
    }

    private interface Further {
        void compare(FiligreeLayer filigree, String name);
    }

    private interface Visitor {
        void connection(int output, int input, int k);
    }

    private static void compare(LayerOperands operands, ForwardPeer peer, Further further) {
        String name = peer.getClass().getSimpleName().replace("_jmhType", "");
        FiligreeLayer filigree = new FiligreeLayer();
        filigree.fill(operands);
        try {
            filigree.forward();
            peer.forward();
            for (int j = 0; j < operands.outputs(); j++) {
                for (int s = 0; s < operands.batch; s++) {
                    float activation = Math.max(0, peer.output(j, s) + operands.bias()[j]);
                    same(name, "output of neuron", j, filigree.output(j, s), activation);
                }
            }
            further.compare(filigree, name);
        } finally {
            filigree.close();
        }
    }

    private static void eachConnection(LayerTopology topology, Visitor visitor) {
        for (int j = 0; j < topology.outputs(); j++) {
            for (int k = (int) topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                visitor.connection(j, topology.source(k), k);
            }
        }
    }

    private static void same(String peer, String what, int which, float filigree, float other) {
        // Written so that NaN differs from everything.
        if (!(Math.abs(filigree - other) <= TOLERANCE * (1 + Math.abs(filigree)))) {
            throw new IllegalStateException(
                    "%s %d: Filigree computes %s, %s computes %s; times of different answers are not compared"
                            .formatted(what, which, filigree, peer, other));
        }
    }
}
