package dev.filigree.bench;

import dev.filigree.bench.roof.Roofs;

/**
 * What an unblocked sparse product could reach at most on this machine: the roofline model of Williams, Waterman and
 * Patterson (CACM 52(4), 2009).
 *
 * @param intensity floating-point operations per byte that the product reads and writes
 * @param gatherGflops what the gather bandwidth allows at this intensity
 * @param fmaGflops what the arithmetic allows
 */
public record Ceiling(double intensity, double gatherGflops, double fmaGflops) {
    /**
     * The ceiling of one pass.
     *
     * @param roofs of the machine
     * @param shape of the layer
     * @param connections that exist
     * @param tileLanes samples per tile
     * @param pass forward or backward; a step is no single product
     */
    public static Ceiling of(Roofs roofs, Shape shape, long connections, int tileLanes, Pass pass) {
        double row = tileLanes * 4.0;
        // Per tile every connection gathers one row and reads index and weight, and every row of the result is
        // written. Backward also writes a gradient per connection, and reads two rows beside the one it writes.
        double bytes = switch (pass) {
            case FORWARD -> connections * (row + 8) + shape.outputs() * row;
            case BACKWARD -> connections * (row + 12) + 3 * shape.inputs() * row;
            case STEP -> throw new IllegalArgumentException("a step is no single product");
        };
        double intensity = pass.flop() * (double) connections * tileLanes / bytes;
        int gathered = pass == Pass.FORWARD ? shape.inputs() : shape.outputs();
        return new Ceiling(intensity, intensity * roofs.gather(gathered).gigabytesPerSecond(), roofs.fmaGflops());
    }

    /** The lower of the two. */
    public double gflops() {
        return Math.min(gatherGflops, fmaGflops);
    }

    /** Name of the lower of the two. */
    public String binding() {
        return gatherGflops < fmaGflops ? "gather" : "FMA";
    }
}
