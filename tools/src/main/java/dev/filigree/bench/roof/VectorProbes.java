package dev.filigree.bench.roof;

import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops that do nothing but what they measure. Each returns a number that depends on everything it did, for a caller
 * that keeps it: otherwise the JIT compiler may leave the work out.
 *
 * <p>Loads are spelled out, as in the sparse kernels, for the same reason.
 */
final class VectorProbes {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats per vector. */
    static final int LENGTH = SPECIES.length();

    private static final long VECTOR_1 = 4L * LENGTH;
    private static final long VECTOR_2 = 2 * VECTOR_1;
    private static final long VECTOR_3 = 3 * VECTOR_1;
    private static final long VECTOR_4 = 4 * VECTOR_1;
    private static final long VECTOR_5 = 5 * VECTOR_1;
    private static final long VECTOR_6 = 6 * VECTOR_1;
    private static final long VECTOR_7 = 7 * VECTOR_1;

    /** Bytes that one block of {@link #read} takes. */
    static final int BLOCK_BYTES = 8 * 4 * LENGTH;

    /** Bytes that one position of {@link #gather} takes: four vectors, like the row of a sparse kernel's tile. */
    static final int ROW_BYTES = 4 * 4 * LENGTH;

    /** Chains of multiply-adds that {@link #multiplyAdd} keeps apart. */
    private static final int CHAINS = 12;

    /** Floating-point operations of one round of {@link #multiplyAdd}. */
    static final int FLOP_PER_ROUND = 2 * CHAINS * LENGTH;

    private VectorProbes() {}

    /**
     * {@code a = a·factor + addend} in twelve independent chains: more than latency times width of any CPU's
     * multiply-add units asks for, and with the two operands still within 16 registers.
     *
     * @param factor below 1, so that the chains stay finite and away from 0
     */
    static float multiplyAdd(int rounds, float factor, float addend) {
        FloatVector x = FloatVector.broadcast(SPECIES, factor);
        FloatVector y = FloatVector.broadcast(SPECIES, addend);
        // Different beginnings, so that no two chains are the same computation.
        FloatVector a0 = y;
        FloatVector a1 = y.add(1f);
        FloatVector a2 = y.add(2f);
        FloatVector a3 = y.add(3f);
        FloatVector a4 = y.add(4f);
        FloatVector a5 = y.add(5f);
        FloatVector a6 = y.add(6f);
        FloatVector a7 = y.add(7f);
        FloatVector a8 = y.add(8f);
        FloatVector a9 = y.add(9f);
        FloatVector a10 = y.add(10f);
        FloatVector a11 = y.add(11f);
        for (int round = 0; round < rounds; round++) {
            a0 = a0.fma(x, y);
            a1 = a1.fma(x, y);
            a2 = a2.fma(x, y);
            a3 = a3.fma(x, y);
            a4 = a4.fma(x, y);
            a5 = a5.fma(x, y);
            a6 = a6.fma(x, y);
            a7 = a7.fma(x, y);
            a8 = a8.fma(x, y);
            a9 = a9.fma(x, y);
            a10 = a10.fma(x, y);
            a11 = a11.fma(x, y);
        }
        return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
    }

    /** Reads blocks of {@link #BLOCK_BYTES} one after the other. */
    static float read(long address, int blocks) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int block = 0; block < blocks; block++) {
            long p = address + (long) block * BLOCK_BYTES & ADDRESS_MASK;
            a0 = a0.add(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN));
            a1 = a1.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN));
            a2 = a2.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_2, LITTLE_ENDIAN));
            a3 = a3.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_3, LITTLE_ENDIAN));
            a4 = a4.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_4, LITTLE_ENDIAN));
            a5 = a5.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_5, LITTLE_ENDIAN));
            a6 = a6.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_6, LITTLE_ENDIAN));
            a7 = a7.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_7, LITTLE_ENDIAN));
        }
        return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).lane(0);
    }

    /**
     * Reads rows of {@link #ROW_BYTES} in the order of their positions, two at a time: with the four accumulators of
     * one row, an addition would have to wait for the one before it.
     *
     * @param rows the first row
     * @param positions {@code int} row numbers
     * @param count how many, even
     */
    static float gather(long rows, long positions, int count) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        long position = positions & ADDRESS_MASK_4;
        for (int k = 0; k < count; k += 2) {
            long p = rows + (long) ALL.get(JAVA_INT, position + 4L * k) * ROW_BYTES & ADDRESS_MASK;
            long q = rows + (long) ALL.get(JAVA_INT, position + 4L * k + 4) * ROW_BYTES & ADDRESS_MASK;
            a0 = a0.add(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN));
            a1 = a1.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN));
            a2 = a2.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_2, LITTLE_ENDIAN));
            a3 = a3.add(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_3, LITTLE_ENDIAN));
            a4 = a4.add(FloatVector.fromMemorySegment(SPECIES, ALL, q, LITTLE_ENDIAN));
            a5 = a5.add(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_1, LITTLE_ENDIAN));
            a6 = a6.add(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_2, LITTLE_ENDIAN));
            a7 = a7.add(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_3, LITTLE_ENDIAN));
        }
        return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).lane(0);
    }
}
