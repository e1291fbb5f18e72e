package dev.filigree.benchmark.mkl;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Floats at an address, which somebody else owns. */
final class Floats extends FloatPointer {
    Floats(long floats) {
        super((Pointer) null);
        address = floats;
    }
}
