package dev.filigree.parallel;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time use something, as often within a use as it wants; others are refused rather than let in to
 * disturb it. Costs some nanoseconds.
 */
public final class ExclusiveUse {
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
    private final String what;
    private boolean closed;

    /** Of the user alone. */
    private int depth;

    /**
     * Nobody uses it yet.
     *
     * @param what is used, for the message
     */
    public ExclusiveUse(String what) {
        this.what = what;
    }

    /**
     * Begins a use, which {@link #end} must follow.
     *
     * @throws IllegalStateException if another thread uses it, or it is closed
     */
    public void begin() {
        acquire();
        if (closed) {
            end();
            throw new IllegalStateException(what + " is closed");
        }
    }

    private void acquire() {
        Thread own = Thread.currentThread();
        if (user.get() != own) {
            Thread other = user.compareAndExchange(null, own);
            if (other != null) {
                throw new IllegalStateException("%s is in use by thread %s; wait until that is done".formatted(what,
                        other.getName()));
            }
        }
        depth++;
    }

    /**
     * Refuses all use from now on. Closing twice does nothing.
     *
     * @param freeing is run if it was not closed before
     * @throws IllegalStateException if another thread uses it
     */
    public void close(Runnable freeing) {
        acquire();
        try {
            if (!closed) {
                closed = true;
                freeing.run();
            }
        } finally {
            end();
        }
    }

    /** Ends a use. */
    public void end() {
        depth--;
        if (depth == 0) {
            user.set(null);
        }
    }
}
