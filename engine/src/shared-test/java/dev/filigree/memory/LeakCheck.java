package dev.filigree.memory;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves off-heap memory open; for the tests of all modules, registered by JUnit itself. */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private final List<String> openBefore = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            openBefore.clear();
            openBefore.addAll(OffHeapMemory.leakReport());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> open = new ArrayList<>(OffHeapMemory.leakReport());
        open.removeAll(openBefore);
        if (isOutermost(context) && !open.isEmpty()) {
            throw new AssertionError("off-heap memory that nobody has closed: " + String.join("; ", open));
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
    }
}
