package dev.filigree.bench;

import java.util.Map;

/**
 * One density of one shape, all contenders timed in turns.
 *
 * @param density existing connections over possible ones
 * @param connections that exist
 * @param batch samples
 * @param sparse times of the sparse layer
 * @param dense times of the dense layer
 * @param autoDense whether the layer, left to itself, would run on dense products
 * @param auto time of a training step then
 */
public record SweepPoint(double density, long connections, int batch, Map<Pass, Spread> sparse,
        Map<Pass, Spread> dense, boolean autoDense, Spread auto) {
    /** Time of the sparse layer. */
    public Spread sparse(Pass pass) {
        return Spread.of(pass, sparse);
    }

    /** Time of the dense layer. */
    public Spread dense(Pass pass) {
        return Spread.of(pass, dense);
    }

    /** How many times as fast the sparse layer is; NaN if it took no time that can be told from its frame's. */
    public double speedUp(Pass pass) {
        double seconds = sparse(pass).median();
        return seconds > 0 ? dense(pass).median() / seconds : Double.NaN;
    }

    /** Throughput of the sparse layer in GFLOP/s on the connections that exist; NaN as {@link #speedUp}. */
    public double gflops(Pass pass) {
        double seconds = sparse(pass).median();
        return seconds > 0 ? 1e-9 * pass.flop() * connections * batch / seconds : Double.NaN;
    }

    /** Throughput of the dense layer in GFLOP/s. */
    public double denseGflops(Pass pass) {
        return gflops(pass) / throughputRatio(pass);
    }

    /** Throughput of the sparse layer as a share of the dense one's: what is left of it per connection. */
    public double throughputRatio(Pass pass) {
        return speedUp(pass) * density;
    }

    /** Time of a training step with the products that are chosen by default, as a share of the dense layer's. */
    public double autoOverDense() {
        return auto.median() > 0 ? auto.median() / dense(Pass.STEP).median() : Double.NaN;
    }
}
