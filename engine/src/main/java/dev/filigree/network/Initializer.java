package dev.filigree.network;

import java.util.SplittableRandom;

/**
 * How weights are drawn at the start.
 *
 * @param distribution the form and its scale
 * @param fan whether fan-in and fan-out are those of the dense shape or the mean of the sparse topology
 */
public record Initializer(Distribution distribution, Fan fan) {
    /** The distributions. */
    public enum Distribution {
        /** Uniform within ±√(6 / fan-in) (He et al., ICCV 2015). */
        HE_UNIFORM,
        /** Uniform within ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, AISTATS 2010). */
        XAVIER,
        /** Normal with variance 2 / fan-in (He et al., ICCV 2015). */
        NORMAL
    }

    /** What counts as fan-in. */
    public enum Fan {
        /** The number of input neurons, as if the layer were dense. */
        DENSE,
        /** The mean number of existing connections per neuron. */
        TOPOLOGY
    }

    /** The draws for one layer. */
    @FunctionalInterface
    public interface Draw {
        /** The next weight. */
        float next(SplittableRandom random);
    }

    /**
     * The distribution of one layer's weights.
     *
     * @param inputs number of input neurons
     * @param outputs number of output neurons
     * @param connections number of existing connections
     */
    public Draw draw(int inputs, int outputs, long connections) {
        double fanIn = fan == Fan.DENSE ? inputs : Math.max(1, (double) connections / outputs);
        double fanOut = fan == Fan.DENSE ? outputs : Math.max(1, (double) connections / inputs);
        return switch (distribution) {
            case HE_UNIFORM -> uniform(Math.sqrt(6 / fanIn));
            case XAVIER -> uniform(Math.sqrt(6 / (fanIn + fanOut)));
            case NORMAL -> random -> (float) (random.nextGaussian() * Math.sqrt(2 / fanIn));
        };
    }

    private static Draw uniform(double limit) {
        return random -> (float) ((2 * random.nextDouble() - 1) * limit);
    }
}
