package dev.filigree.evolution;

import java.util.Arrays;
import java.util.List;

/** In which layers connections grow. */
public enum Redistribution {
    /** Every layer grows as many as it has lost. */
    NONE {
        @Override
        double weight(LayerUpdate layer) {
            return layer.missing();
        }
    },
    /** In proportion to the mean magnitude of the layer's momentum (SNFS). */
    MOMENTUM {
        @Override
        double weight(LayerUpdate layer) {
            return layer.meanMomentum();
        }
    },
    /** In proportion to the connections that the layer has left (DSR). */
    SURVIVORS {
        @Override
        double weight(LayerUpdate layer) {
            return layer.survivors();
        }
    };

    abstract double weight(LayerUpdate layer);

    /** How many connections grow in every layer: together as many as are missing, nowhere more than there is room for. */
    long[] grown(List<LayerUpdate> layers) {
        if (this == NONE) {
            return layers.stream().mapToLong(LayerUpdate::missing).toArray();
        }
        return shares(layers.stream().mapToLong(LayerUpdate::missing).sum(),
                layers.stream().mapToDouble(this::weight).toArray(),
                layers.stream().mapToLong(LayerUpdate::free).toArray());
    }

    /**
     * Splits a number in proportion to weights, and what is more than there is room for again among the others.
     * Fractions are rounded down, and what they leave goes to the first that have room.
     *
     * @param total at most the sum of all room
     * @param weights 0 or more; where all that have room are 0, all count the same
     * @param room what every share may be at most
     */
    static long[] shares(long total, double[] weights, long[] room) {
        long[] shares = new long[weights.length];
        for (long left = total; left > 0;) {
            double[] open = open(shares, weights, room);
            double sum = Arrays.stream(open).sum();
            long dealt = 0;
            for (int i = 0; i < open.length; i++) {
                long share = Math.min((long) (left * (open[i] / sum)), room[i] - shares[i]);
                shares[i] += share;
                dealt += share;
            }
            for (int i = 0; dealt == 0; i++) {
                if (open[i] > 0) {
                    shares[i]++;
                    dealt = 1;
                }
            }
            left -= dealt;
        }
        return shares;
    }

    /** The weights of those that have room; 1 where all these are 0. */
    private static double[] open(long[] shares, double[] weights, long[] room) {
        double[] open = new double[weights.length];
        Arrays.setAll(open, i -> shares[i] < room[i] ? weights[i] : 0);
        if (Arrays.stream(open).sum() == 0) {
            Arrays.setAll(open, i -> shares[i] < room[i] ? 1 : 0);
        }
        return open;
    }
}
