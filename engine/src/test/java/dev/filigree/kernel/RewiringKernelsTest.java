package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.kernel.scalar.ScalarRewiring;
import dev.filigree.kernel.vector.VectorRewiring;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels against the scalar reference, at sizes that leave remainders everywhere. */
class RewiringKernelsTest {
    private static final RewiringKernels VECTOR = new VectorRewiring();
    private static final RewiringKernels SCALAR = new ScalarRewiring();
    private static final int SPARE = 16;

    @RegisterExtension
    final OpenResources open = new OpenResources();

    private final SplittableRandom random = new SplittableRandom(5);
    private final ArrayGroup arrays = new ArrayGroup();

    RewiringKernelsTest() {
        open.keep(arrays);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000})
    void digitsBehindAPrefixAreCounted(int count) {
        IntArray weights = weights(count, 6);
        int positive = Float.floatToRawIntBits(2) >>> 20;
        int negative = Float.floatToRawIntBits(-3) >>> 20;
        for (int[] prefixes : new int[][]{{positive, negative}, {-1, negative}, {positive, -1}, {-1, -1}}) {
            long[][] counts = new long[4][1 << 11];
            VECTOR.countDigits(weights.address(), count, prefixes[0], prefixes[1], 10, counts[0], counts[1]);
            SCALAR.countDigits(weights.address(), count, prefixes[0], prefixes[1], 10, counts[2], counts[3]);
            assertThat(counts[0]).isEqualTo(counts[2]);
            assertThat(counts[1]).isEqualTo(counts[3]);
            long positives = IntStream.range(0, count).filter(k -> weights.get(k) >>> 20 == prefixes[0]).count();
            assertThat(IntStream.range(0, counts[0].length).mapToLong(digit -> counts[0][digit]).sum())
                    .isEqualTo(positives);
        }
    }

    /** Of few different weights, so that many are at the limits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000})
    void whatStaysIsMarked(int count) {
        IntArray weights = weights(count, 3);
        int words = Math.ceilDiv(count, Long.SIZE);
        for (long ties : new long[]{0, 1, 2, 20, 1000}) {
            LongArray vector = arrays.longs(words, "vector");
            LongArray scalar = arrays.longs(words, "scalar");
            int expected = SCALAR.keep(weights.address(), count, limits(ties), scalar.address());
            assertThat(VECTOR.keep(weights.address(), count, limits(ties), vector.address())).isEqualTo(expected);
            assertThat(vector.toArray()).isEqualTo(scalar.toArray());
        }
    }

    private static PruningLimits limits(long ties) {
        return new PruningLimits(Float.floatToRawIntBits(1), Float.floatToRawIntBits(2), ties, ties / 2);
    }

    /** Packed, replaced and merged as the reference does it, without a write behind the last element. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000})
    void rowsAreRewired(int far) {
        for (int percent : new int[]{0, 3, 50, 97, 100}) {
            int[] before = neighbours(far, percent);
            IntArray old = arrays.add(() -> IntArray.copyOf(before, "old"));
            LongArray bits = arrays.longs(before.length / Long.SIZE + 1L, "kept");
            int keptCount = 0;
            for (int k = 0; k < before.length; k++) {
                if (random.nextInt(100) < 70) {
                    bits.set(k / Long.SIZE, bits.get(k / Long.SIZE) | 1L << k);
                    keptCount++;
                }
            }
            int kept = keptCount;
            long first = random.nextLong(1L << 40);
            long[] places = random.longs(first, first + Math.max(1, far - kept)).limit(far).distinct().sorted()
                    .limit(far - kept).toArray();
            LongArray numbers = arrays.add(() -> LongArray.copyOf(places, "places"));
            int[] vector = rewire(VECTOR, old, bits, kept, numbers, first);
            assertThat(vector).isEqualTo(rewire(SCALAR, old, bits, kept, numbers, first));
            assertThat(vector).isSorted().doesNotHaveDuplicates().hasSize(kept + places.length);
        }
    }

    private int[] rewire(RewiringKernels kernels, IntArray old, LongArray bits, int keptCount, LongArray places,
            long first) {
        int grownCount = (int) places.length();
        int count = keptCount + grownCount;
        IntArray kept = arrays.ints(keptCount + SPARE + 1L, "kept");
        kept.set(keptCount, -7);
        kernels.pack(old.address(), bits.address(), (int) old.length(), kept.address());
        assertThat(kept.get(keptCount)).isEqualTo(-7);
        IntArray fresh = arrays.ints(grownCount, "fresh");
        LongArray grown = arrays.longs(count / Long.SIZE + 1L, "grown");
        kernels.place(kept.address(), keptCount, places.address(), grownCount, first, fresh.address(),
                grown.address());
        IntArray merged = arrays.ints(count + 1L, "merged");
        merged.set(count, -7);
        kernels.merge(kept.address(), 0, grown.address(), count, merged.address());
        for (int k = 0; k < count; k++) {
            if ((grown.get(k / Long.SIZE) >>> k & 1) != 0) {
                assertThat(merged.get(k)).isZero();
            }
        }
        kernels.merge(kept.address(), fresh.address(), grown.address(), count, merged.address());
        assertThat(merged.get(count)).isEqualTo(-7);
        return IntStream.range(0, count).map(merged::get).toArray();
    }

    private int[] neighbours(int far, int percent) {
        return IntStream.range(0, far).filter(i -> random.nextInt(100) < percent).toArray();
    }

    /** Bits of whole numbers within a limit, either zero included. */
    private IntArray weights(int count, int limit) {
        int[] bits = new int[count];
        for (int k = 0; k < count; k++) {
            float magnitude = random.nextInt(limit + 1);
            bits[k] = Float.floatToRawIntBits(random.nextBoolean() ? -magnitude : magnitude);
        }
        return arrays.add(() -> IntArray.copyOf(bits, "weights"));
    }
}
