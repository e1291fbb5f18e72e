package dev.filigree.kernel;

import dev.filigree.kernel.scalar.ScalarRewiring;
import dev.filigree.kernel.vector.VectorRewiring;

/**
 * The steps by which the connections of one neuron, a row, are replaced. All arrays are given by the addresses of their
 * first elements, of four bytes each; bits are those of consecutive {@code long}s, lowest first. Nothing is checked, and
 * whole vectors are read where the last element is.
 */
public interface RewiringKernels {
    /** Bits of a digit of {@link #countDigits}. */
    int DIGIT_BITS = 10;

    /** The fastest provider this JVM can run, by the choice of {@link VectorApi}. */
    static RewiringKernels best() {
        return VectorApi.isChosen() && VectorRewiring.isFast() ? new VectorRewiring() : new ScalarRewiring();
    }

    /**
     * Counts the weights by the digit behind a prefix of their bits, for one prefix per sign.
     *
     * @param positive prefix, all bits above the digit, without a sign; -1 for none
     * @param negative prefix with a sign; -1 for none
     * @param shift number of bits below the digit
     * @param positiveCounts of the digits, to be added to
     * @param negativeCounts of the digits, to be added to
     */
    void countDigits(long weights, long count, int positive, int negative, int shift, long[] positiveCounts,
            long[] negativeCounts);

    /**
     * Marks the weights that stay.
     *
     * @param limits takes the ties in the order of the calls
     * @param kept result: a bit per weight, 0 behind the last in its {@code long}
     * @return how many stay
     */
    int keep(long weights, int count, PruningLimits limits, long kept);

    /** Copies the values whose bit is set, one behind the other. */
    void pack(long values, long bits, int count, long packed);

    /**
     * Finds the neurons to which connections grow.
     *
     * @param kept ascending neighbours of a row, followed by room for a vector, which is overwritten
     * @param places {@code long}, ascending numbers of free places, of which the row has all that have no neighbour yet
     * @param firstPlace number of the row's first free place
     * @param neighbours result: one per place
     * @param grown result: of all the row's connections, by neighbour, a bit for each that grows; 0 before
     */
    void place(long kept, int keptCount, long places, int grownCount, long firstPlace, long neighbours, long grown);

    /**
     * Merges what stays and what grows.
     *
     * @param kept values of the connections that stay
     * @param fresh values of those that grow; 0 where all these are 0
     * @param grown bits of {@link #place}
     * @param count of all connections
     */
    void merge(long kept, long fresh, long grown, int count, long merged);
}
