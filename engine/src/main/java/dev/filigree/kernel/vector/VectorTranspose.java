package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;

/**
 * Gathers samples and turns them neuron-major: square blocks as wide as a vector, transposed in registers by
 * exchanging ever smaller halves of pairs.
 */
final class VectorTranspose {
    private VectorTranspose() {}

    static void gather(long samples, int dimensions, long order, int count, long rows, int lanes, int from, int to) {
        int lane = 0;
        for (; lane + LENGTH <= count; lane += LENGTH) {
            int whole = from + (to - from) / LENGTH * LENGTH;
            block(samples, dimensions, order + 4L * lane, rows + 4L * lane, lanes, from, whole);
            for (int f = whole; f < to; f++) {
                for (int i = lane; i < lane + LENGTH; i++) {
                    move(samples, dimensions, order, i, rows, lanes, f);
                }
            }
        }
        for (; lane < lanes; lane++) {
            for (int f = from; f < to; f++) {
                if (lane < count) {
                    move(samples, dimensions, order, lane, rows, lanes, f);
                } else {
                    ALL.set(JAVA_FLOAT, rows + 4L * ((long) f * lanes + lane) & ADDRESS_MASK_4, 0f);
                }
            }
        }
    }

    private static void move(long samples, int dimensions, long order, int lane, long rows, int lanes, int feature) {
        long sample = ALL.get(JAVA_INT, order + 4L * lane & ADDRESS_MASK_4);
        float value = ALL.get(JAVA_FLOAT, samples + 4 * (sample * dimensions + feature) & ADDRESS_MASK_4);
        ALL.set(JAVA_FLOAT, rows + 4L * ((long) feature * lanes + lane) & ADDRESS_MASK_4, value);
    }

    private static void block(long samples, int dimensions, long order, long rows, int lanes, int from, int to) {
        if (LENGTH == 4) {
            block4(samples, dimensions, order, rows, lanes, from, to);
        } else if (LENGTH == 8) {
            block8(samples, dimensions, order, rows, lanes, from, to);
        } else {
            block16(samples, dimensions, order, rows, lanes, from, to);
        }
    }

    private static void block4(long samples, int dimensions, long order, long rows, int lanes, int from, int to) {
        long rowBytes = 4L * lanes;
        long s0 = samples + 4L * dimensions * ALL.get(JAVA_INT, order & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s1 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 4 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s2 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 8 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s3 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 12 & ADDRESS_MASK_4) & ADDRESS_MASK;
        for (int f = from; f < to; f += 4) {
            long at = 4L * f;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, s0 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, s1 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, s2 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, s3 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector t;
            t = v0.blend(v2.rearrange(SWAP_2), UPPER_2);
            v2 = v0.rearrange(SWAP_2).blend(v2, UPPER_2);
            v0 = t;
            t = v1.blend(v3.rearrange(SWAP_2), UPPER_2);
            v3 = v1.rearrange(SWAP_2).blend(v3, UPPER_2);
            v1 = t;
            t = v0.blend(v1.rearrange(SWAP_1), UPPER_1);
            v1 = v0.rearrange(SWAP_1).blend(v1, UPPER_1);
            v0 = t;
            t = v2.blend(v3.rearrange(SWAP_1), UPPER_1);
            v3 = v2.rearrange(SWAP_1).blend(v3, UPPER_1);
            v2 = t;
            long out = rows + f * rowBytes;
            v0.intoMemorySegment(ALL, out & ADDRESS_MASK, LITTLE_ENDIAN);
            v1.intoMemorySegment(ALL, out + rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v2.intoMemorySegment(ALL, out + 2 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v3.intoMemorySegment(ALL, out + 3 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    private static void block8(long samples, int dimensions, long order, long rows, int lanes, int from, int to) {
        long rowBytes = 4L * lanes;
        long s0 = samples + 4L * dimensions * ALL.get(JAVA_INT, order & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s1 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 4 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s2 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 8 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s3 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 12 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s4 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 16 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s5 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 20 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s6 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 24 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s7 = samples + 4L * dimensions * ALL.get(JAVA_INT, order + 28 & ADDRESS_MASK_4) & ADDRESS_MASK;
        for (int f = from; f < to; f += 8) {
            long at = 4L * f;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, s0 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, s1 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, s2 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, s3 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, ALL, s4 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, ALL, s5 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, ALL, s6 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, ALL, s7 + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector t;
            t = v0.blend(v4.rearrange(SWAP_4), UPPER_4);
            v4 = v0.rearrange(SWAP_4).blend(v4, UPPER_4);
            v0 = t;
            t = v1.blend(v5.rearrange(SWAP_4), UPPER_4);
            v5 = v1.rearrange(SWAP_4).blend(v5, UPPER_4);
            v1 = t;
            t = v2.blend(v6.rearrange(SWAP_4), UPPER_4);
            v6 = v2.rearrange(SWAP_4).blend(v6, UPPER_4);
            v2 = t;
            t = v3.blend(v7.rearrange(SWAP_4), UPPER_4);
            v7 = v3.rearrange(SWAP_4).blend(v7, UPPER_4);
            v3 = t;
            t = v0.blend(v2.rearrange(SWAP_2), UPPER_2);
            v2 = v0.rearrange(SWAP_2).blend(v2, UPPER_2);
            v0 = t;
            t = v1.blend(v3.rearrange(SWAP_2), UPPER_2);
            v3 = v1.rearrange(SWAP_2).blend(v3, UPPER_2);
            v1 = t;
            t = v4.blend(v6.rearrange(SWAP_2), UPPER_2);
            v6 = v4.rearrange(SWAP_2).blend(v6, UPPER_2);
            v4 = t;
            t = v5.blend(v7.rearrange(SWAP_2), UPPER_2);
            v7 = v5.rearrange(SWAP_2).blend(v7, UPPER_2);
            v5 = t;
            t = v0.blend(v1.rearrange(SWAP_1), UPPER_1);
            v1 = v0.rearrange(SWAP_1).blend(v1, UPPER_1);
            v0 = t;
            t = v2.blend(v3.rearrange(SWAP_1), UPPER_1);
            v3 = v2.rearrange(SWAP_1).blend(v3, UPPER_1);
            v2 = t;
            t = v4.blend(v5.rearrange(SWAP_1), UPPER_1);
            v5 = v4.rearrange(SWAP_1).blend(v5, UPPER_1);
            v4 = t;
            t = v6.blend(v7.rearrange(SWAP_1), UPPER_1);
            v7 = v6.rearrange(SWAP_1).blend(v7, UPPER_1);
            v6 = t;
            long out = rows + f * rowBytes;
            v0.intoMemorySegment(ALL, out & ADDRESS_MASK, LITTLE_ENDIAN);
            v1.intoMemorySegment(ALL, out + rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v2.intoMemorySegment(ALL, out + 2 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v3.intoMemorySegment(ALL, out + 3 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v4.intoMemorySegment(ALL, out + 4 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v5.intoMemorySegment(ALL, out + 5 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v6.intoMemorySegment(ALL, out + 6 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            v7.intoMemorySegment(ALL, out + 7 * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    /** In two passes of four vectors at a time: of sixteen at once, C2 boxes every vector on some days. */
    private static void block16(long samples, int dimensions, long order, long rows, int lanes, int from, int to) {
        long rowBytes = 4L * lanes;
        for (int f = from; f < to; f += 16) {
            long out = rows + f * rowBytes;
            for (int i = 0; i < 4; i++) {
                exchangeFar(samples + 4L * f, 4L * dimensions, order + 4L * i, out + i * rowBytes, 4 * rowBytes);
            }
            for (int i = 0; i < 4; i++) {
                exchangeNear(out + 4L * i * rowBytes, rowBytes);
            }
        }
    }

    /** Of sixteen samples takes every fourth, and exchanges their halves and quarters. */
    private static void exchangeFar(long features, long sampleBytes, long order, long rows, long rowBytes) {
        long s0 = features + sampleBytes * ALL.get(JAVA_INT, order & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s1 = features + sampleBytes * ALL.get(JAVA_INT, order + 16 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s2 = features + sampleBytes * ALL.get(JAVA_INT, order + 32 & ADDRESS_MASK_4) & ADDRESS_MASK;
        long s3 = features + sampleBytes * ALL.get(JAVA_INT, order + 48 & ADDRESS_MASK_4) & ADDRESS_MASK;
        FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, s0, LITTLE_ENDIAN);
        FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, s1, LITTLE_ENDIAN);
        FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, s2, LITTLE_ENDIAN);
        FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, s3, LITTLE_ENDIAN);
        FloatVector a = v0.blend(v2.rearrange(SWAP_8), UPPER_8);
        FloatVector c = v0.rearrange(SWAP_8).blend(v2, UPPER_8);
        FloatVector b = v1.blend(v3.rearrange(SWAP_8), UPPER_8);
        FloatVector d = v1.rearrange(SWAP_8).blend(v3, UPPER_8);
        a.blend(b.rearrange(SWAP_4), UPPER_4).intoMemorySegment(ALL, rows & ADDRESS_MASK, LITTLE_ENDIAN);
        a.rearrange(SWAP_4).blend(b, UPPER_4).intoMemorySegment(ALL, rows + rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
        c.blend(d.rearrange(SWAP_4), UPPER_4).intoMemorySegment(ALL, rows + 2 * rowBytes & ADDRESS_MASK,
                LITTLE_ENDIAN);
        c.rearrange(SWAP_4).blend(d, UPPER_4).intoMemorySegment(ALL, rows + 3 * rowBytes & ADDRESS_MASK,
                LITTLE_ENDIAN);
    }

    /** Of four neighbouring rows exchanges pairs of lanes and lanes, in place. */
    private static void exchangeNear(long rows, long rowBytes) {
        long r0 = rows & ADDRESS_MASK;
        long r1 = rows + rowBytes & ADDRESS_MASK;
        long r2 = rows + 2 * rowBytes & ADDRESS_MASK;
        long r3 = rows + 3 * rowBytes & ADDRESS_MASK;
        FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, r0, LITTLE_ENDIAN);
        FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, r1, LITTLE_ENDIAN);
        FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, r2, LITTLE_ENDIAN);
        FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, r3, LITTLE_ENDIAN);
        FloatVector a = v0.blend(v2.rearrange(SWAP_2), UPPER_2);
        FloatVector c = v0.rearrange(SWAP_2).blend(v2, UPPER_2);
        FloatVector b = v1.blend(v3.rearrange(SWAP_2), UPPER_2);
        FloatVector d = v1.rearrange(SWAP_2).blend(v3, UPPER_2);
        a.blend(b.rearrange(SWAP_1), UPPER_1).intoMemorySegment(ALL, r0, LITTLE_ENDIAN);
        a.rearrange(SWAP_1).blend(b, UPPER_1).intoMemorySegment(ALL, r1, LITTLE_ENDIAN);
        c.blend(d.rearrange(SWAP_1), UPPER_1).intoMemorySegment(ALL, r2, LITTLE_ENDIAN);
        c.rearrange(SWAP_1).blend(d, UPPER_1).intoMemorySegment(ALL, r3, LITTLE_ENDIAN);
    }
}
