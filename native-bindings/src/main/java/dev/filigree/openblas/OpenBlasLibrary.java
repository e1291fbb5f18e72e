package dev.filigree.openblas;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The native library: loaded once, set to one thread, and asked what it is.
 *
 * @param config OpenBLAS's version and build options
 * @param coreName the CPU type whose kernels OpenBLAS runs, such as {@code "SkylakeX"}
 */
record OpenBlasLibrary(String config, String coreName) {
    /**
     * Loads the library.
     *
     * @throws IllegalStateException if it cannot be loaded
     */
    static OpenBlasLibrary load() {
        try {
            Loader.load(openblas_nolapack.class);
            openblas_nolapack.blas_set_num_threads(1);
            return new OpenBlasLibrary(text("openblas_get_config"), text("openblas_get_corename"));
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "OpenBLAS cannot be loaded: %s. Expected the %s natives of openblas and javacpp on the class path (build with -Djavacpp.platform=%2$s)"
                            .formatted(reason(e), Loader.getPlatform()),
                    e);
        }
    }

    /** Threads that OpenBLAS uses in one call. */
    int threads() {
        return openblas_nolapack.blas_get_num_threads();
    }

    // The bindings leave these functions out, so they are called by their address.
    private static String text(String function) {
        Pointer address = Loader.addressof(function);
        if (address == null || address.isNull()) {
            return "unknown";
        }
        FunctionDescriptor returnsText = FunctionDescriptor.of(ValueLayout.ADDRESS
                .withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE)));
        try {
            MemorySegment text = (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(MemorySegment.ofAddress(address.address()), returnsText).invokeExact();
            return text.getString(0).strip();
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("calling " + function, e);
        }
    }

    private static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message.replaceFirst("\\.+$", "");
    }
}
