package dev.filigree.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The C library's allocator. Unlike the arenas of Java, it does not stop every thread to free memory, and it leaves the
 * zeroing of large blocks to the operating system, page by page as they are used and in whichever thread uses them.
 *
 * <p>On Linux large blocks ask for huge pages, without which most of the time that rebuilding a large layer takes would
 * go into providing its pages.
 */
final class NativeHeap {
    /** From this size on, blocks hold so many huge pages that the part outside of them does not matter. */
    private static final long LARGE = 8L << 20;

    private static final long PAGE = 4096;
    private static final int MADV_HUGEPAGE = 14;

    private static final MethodHandle CALLOC = function("calloc",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG)).orElseThrow();
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
            .orElseThrow();
    private static final @Nullable MethodHandle MADVISE = System.getProperty("os.name").equals("Linux")
            ? function("madvise", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)).orElse(null)
            : null;

    private NativeHeap() {}

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, descriptor));
    }

    /** Address of a zero-filled block; 0 if there is not enough memory. */
    static long allocate(long bytes) {
        try {
            long block = ((MemorySegment) CALLOC.invokeExact(1L, bytes)).address();
            if (block != 0 && bytes >= LARGE && MADVISE != null) {
                long from = Math.ceilDiv(block, PAGE) * PAGE;
                long to = (block + bytes) / PAGE * PAGE;
                // Advice: whether it is taken changes nothing but the speed.
                int ignored = (int) MADVISE.invokeExact(MemorySegment.ofAddress(from), to - from, MADV_HUGEPAGE);
            }
            return block;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library's allocator cannot be called", e);
        }
    }

    /** Frees a block. */
    static void free(long block) {
        try {
            FREE.invokeExact(MemorySegment.ofAddress(block));
        } catch (Throwable e) {
            throw new IllegalStateException("the C library's allocator cannot be called", e);
        }
    }
}
