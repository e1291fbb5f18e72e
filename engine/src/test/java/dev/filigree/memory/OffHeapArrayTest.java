package dev.filigree.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OffHeapArrayTest {
    @Test
    void isAlignedAndZeroFilled() {
        try (FloatArray array = FloatArray.allocate(1001, "test")) {
            assertThat(array.address() % OffHeapMemory.ALIGNMENT).isZero();
            assertThat(array.toArray()).containsOnly(0f);
        }
    }

    @Test
    void agronaBufferSharesTheMemory() {
        try (FloatArray array = FloatArray.allocate(3, "test")) {
            UnsafeBuffer buffer = array.buffer();
            buffer.putFloat(4, 2.5f);
            assertThat(array.get(1)).isEqualTo(2.5f);
        }
    }

    @Test
    void indexOutsideTheArrayThrows() {
        try (LongArray array = LongArray.allocate(3, "test")) {
            assertThatThrownBy(() -> array.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.set(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void closedArrayIsNotCopied() {
        FloatArray array = FloatArray.allocate(3, "test");
        array.close();
        assertThatThrownBy(array::copy).isInstanceOf(IllegalStateException.class).hasMessage("test is closed");
        assertThat(OffHeapMemory.leakReport()).noneMatch(line -> line.contains("copy"));
    }

    @Test
    void copiesSomeElements() {
        try (FloatArray from = FloatArray.copyOf(new float[]{1, 2, 3, 4}, "from");
                FloatArray to = FloatArray.allocate(3, "to")) {
            to.copyFrom(from, 1, 0, 2);
            assertThat(to.toArray()).containsExactly(2, 3, 0);
            assertThatThrownBy(() -> to.copyFrom(from, 2, 1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> to.copyFrom(from, 0, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void closedArrayRefusesUseAndLeavesTheLedger() {
        IntArray array = IntArray.allocate(7, "a label of this test alone");
        assertThat(OffHeapMemory.leakReport()).contains("1 × a label of this test alone, 28 bytes");
        array.close();
        array.close();
        assertThat(OffHeapMemory.leakReport()).noneMatch(line -> line.contains("a label of this test alone"));
        assertThatThrownBy(array::address).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> array.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
