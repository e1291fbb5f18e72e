package dev.filigree.openblas;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A pointer to floats that somebody else owns, which can be moved to another address. JavaCPP's own pointers
 * keep the address they were made with, so passing raw memory through them costs an object per operand.
 */
final class FloatView extends FloatPointer {
    FloatView() {
        super((Pointer) null);
    }

    /** Points at {@code newAddress} and returns itself. */
    FloatView at(long newAddress) {
        address = newAddress;
        return this;
    }
}
