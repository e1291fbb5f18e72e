package dev.filigree.cli.train;

import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Signals that ask to stop: the first one runs an action, the second one ends the process at once. Until they are closed;
 * then they do what they did before.
 *
 * <p>The JVM's own handlers would run the shutdown hooks at the first signal and swallow the second. Their replacement is
 * in a package that the compiler warns of whoever names it, so it is called by reflection; where it is missing, signals do
 * what they always do.
 */
final class StopSignals implements AutoCloseable {
    /** What a process returns that a signal has ended. */
    private static final Map<String, Integer> EXIT_CODES = Map.of("HUP", 129, "INT", 130, "TERM", 143);

    /** Some programs, such as timeout, signal a process and then its group: for so long a signal is the first once more. */
    private static final long ECHO_NANOS = 300_000_000;

    private final Runnable action;
    private final PrintWriter err;
    private final Map<String, Object> before = new HashMap<>();
    private final AtomicReference<@Nullable Received> first = new AtomicReference<>();

    /** When a signal came, by {@link System#nanoTime}, and what a process returns that it has ended. */
    private record Received(long nanos, int exitCode) {}

    /**
     * Catches the signals.
     *
     * @param action of the first one, on a thread of the JVM
     * @param err where to say so
     */
    StopSignals(Runnable action, PrintWriter err) {
        this.action = action;
        this.err = err;
        for (String name : EXIT_CODES.keySet()) {
            try {
                before.put(name, replace(name, handler()));
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // There is no such signal here, or the JVM was told to leave it alone.
            }
        }
    }

    /** 128 and the number of the first signal; 0 before it has come. */
    int exitCode() {
        Received signal = first.get();
        return signal == null ? 0 : signal.exitCode;
    }

    private Object handler() throws ReflectiveOperationException {
        MethodHandle received = MethodHandles.lookup().bind(this, "received",
                MethodType.methodType(void.class, Object.class));
        return MethodHandleProxies.asInterfaceInstance(Class.forName("sun.misc.SignalHandler"), received);
    }

    private static Object replace(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler")).invoke(null,
                signal.getConstructor(String.class).newInstance(name), handler);
    }

    @SuppressWarnings("UnusedMethod") // handler() names it
    private void received(Object signal) {
        String name = signal.toString().replace("SIG", "");
        Received now = new Received(System.nanoTime(), EXIT_CODES.getOrDefault(name, 1));
        Received earlier = first.compareAndExchange(null, now);
        if (earlier != null) {
            if (now.nanos - earlier.nanos >= ECHO_NANOS) {
                Runtime.getRuntime().halt(now.exitCode);
            }
            return;
        }
        action.run();
        err.printf("%nfiligree: stopping after this step; once more to stop at once%n");
        err.flush();
    }

    @Override
    public void close() {
        before.forEach((name, handler) -> {
            try {
                replace(name, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot give signal %s back".formatted(name), e);
            }
        });
    }
}
