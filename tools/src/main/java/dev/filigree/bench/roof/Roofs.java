package dev.filigree.bench.roof;

import java.util.List;

/**
 * What a machine can do at most: no product of a layer is faster than both.
 *
 * @param threads that measured together; all rates are theirs together
 * @param fmaGflops single-precision multiply-adds in registers, in GFLOP/s, two operations each
 * @param reads bandwidth of sequential reads, from the first cache to the memory
 * @param gathers bandwidth of reading rows of a layer's activations in random order, one per layer width
 */
public record Roofs(int threads, double fmaGflops, List<Read> reads, List<Gather> gathers) {
    /**
     * Sequential reads within a part of the memory hierarchy.
     *
     * @param level {@code L1}, {@code L2}, {@code L3} or {@code DRAM}
     * @param bytes each thread's working set
     * @param gigabytesPerSecond 10⁹ bytes per second
     */
    public record Read(String level, long bytes, double gigabytesPerSecond) {}

    /**
     * Reads of whole rows in random order, which is all that a sparse product does with its activations if it is not
     * blocked.
     *
     * @param neurons rows of the working set, which the threads share
     * @param rowBytes bytes of each: one neuron's samples of one tile
     * @param gigabytesPerSecond 10⁹ bytes per second
     */
    public record Gather(int neurons, long rowBytes, double gigabytesPerSecond) {
        /** Size of the working set. */
        public long bytes() {
            return neurons * rowBytes;
        }
    }

    /** The gather bandwidth of a layer with so many neurons, which must be among the measured. */
    public Gather gather(int neurons) {
        return gathers.stream().filter(gather -> gather.neurons() == neurons).findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no gather bandwidth for %d neurons".formatted(neurons)));
    }
}
