package dev.filigree.kernel;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test opens, closed after it. */
final class OpenResources implements AfterEachCallback {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <C extends AutoCloseable> C keep(C resource) {
        open.push(resource);
        return resource;
    }

    FloatArray floats(long length) {
        return keep(FloatArray.allocate(length, "floats"));
    }

    IntArray ints(int... values) {
        return keep(IntArray.copyOf(values, "ints"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
