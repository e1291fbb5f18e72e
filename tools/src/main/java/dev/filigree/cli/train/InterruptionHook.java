package dev.filigree.cli.train;

import dev.filigree.cli.run.RunRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Until it is closed, records that a run was interrupted if the process ends. */
final class InterruptionHook implements AutoCloseable {
    private final RunRecorder recorder;
    private final Path run;
    private final PrintWriter err;
    private final Thread thread = Thread.ofPlatform().unstarted(this::record);

    /**
     * Watches a run.
     *
     * @param run its directory
     */
    InterruptionHook(RunRecorder recorder, Path run, PrintWriter err) {
        this.recorder = recorder;
        this.run = run;
        this.err = err;
        Runtime.getRuntime().addShutdownHook(thread);
    }

    private void record() {
        try {
            recorder.interrupted();
            err.printf("%nfiligree: interrupted; the last saved network is %s%n",
                    run.resolve(recorder.lastNetwork()));
        } catch (IOException e) {
            err.printf("%nfiligree: interrupted, and cannot say so in run.json: %s%n", e.getMessage());
        }
        err.flush();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs already.
        }
    }
}
