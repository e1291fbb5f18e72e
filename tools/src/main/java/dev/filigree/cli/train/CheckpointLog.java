package dev.filigree.cli.train;

import dev.filigree.cli.text.ShellWord;
import dev.filigree.training.TrainingStoppedException;
import dev.filigree.training.checkpoint.CheckpointDirectory.Damaged;
import dev.filigree.training.checkpoint.CheckpointListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of checkpoints that fail, and what a run that is stopped leaves behind. */
final class CheckpointLog implements CheckpointListener {
    private final Path run;
    private final PrintWriter err;
    private volatile @Nullable Path last;

    /**
     * Tells nothing yet.
     *
     * @param run its directory
     * @param last the checkpoint that it goes on from; null for a run that begins
     */
    CheckpointLog(Path run, @Nullable Path last, PrintWriter err) {
        this.run = run;
        this.last = last;
        this.err = err;
    }

    /**
     * Says which checkpoints are not used.
     *
     * @param used the one that is
     */
    static void warnOf(List<Damaged> damaged, String used, PrintWriter err) {
        for (Damaged each : damaged) {
            err.printf("filigree: WARNING: skipped a damaged checkpoint, kept as %s.damaged: %s; going on from %s%n",
                    each.file().getFileName(), each.reason(), used);
        }
        err.flush();
    }

    @Override
    public void saved(Path file) {
        last = file;
    }

    @Override
    public void failed(IOException cause) {
        err.printf("filigree: WARNING: a checkpoint could not be written, training goes on: %s%n", cause.getMessage());
        err.flush();
    }

    /** Of a run that was stopped, in one line: where, and how it goes on. */
    String interruption(TrainingStoppedException stopped) {
        String where = "interrupted in epoch %d after step %d; ".formatted(stopped.epoch(), stopped.step());
        Path file = last;
        if (file == null) {
            return where + "there is no checkpoint to go on from";
        }
        return where + "filigree train --resume %s goes on from %s".formatted(ShellWord.of(run), file);
    }
}
