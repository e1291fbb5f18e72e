package dev.filigree.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.evolution.TrainingProgress;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Mlp;
import dev.filigree.training.EpochState;
import dev.filigree.training.PhaseTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointerTest {
    private static final double ANY_SHARE = 1e9;

    @TempDir
    Path temporary;

    private final List<Object> heard = new CopyOnWriteArrayList<>();

    private Checkpointer checkpointer(CheckpointPolicy policy) {
        return new Checkpointer(new CheckpointDirectory(temporary.resolve("checkpoints")), policy, "{}", "abc",
                new CheckpointListener() {
                    @Override
                    public void saved(Path file) {
                        heard.add(file.getFileName().toString());
                    }

                    @Override
                    public void failed(IOException cause) {
                        heard.add(cause);
                    }
                });
    }

    private static EpochState state(int epoch, int step) {
        return new EpochState(7, epoch, step, 1, 1, step, List.of(0L, 0L), 1, new PhaseTimes(0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"1,1,10,true", "1,1,9,false", "2,1,10,false", "2,2,10,true", "3,2,10,false", "3,5,10,true",
            "0,1,10,false", "0,5,10,false"})
    void dueAtEndsOfEpochs(int every, int epoch, int step, boolean due) {
        try (Checkpointer checkpointer = checkpointer(new CheckpointPolicy(every, 0, 1, ANY_SHARE))) {
            assertThat(checkpointer.isDue(new TrainingProgress(epoch, step, 10, 5))).isEqualTo(due);
        }
    }

    @Test
    void dueWhenTimeHasPassed() throws Exception {
        try (Checkpointer checkpointer = checkpointer(new CheckpointPolicy(0, 0.1 / 60, 1, ANY_SHARE));
                Mlp mlp = TinyCheckpoint.network()) {
            assertThat(checkpointer.isDue(new TrainingProgress(1, 1, 10, 5))).isFalse();
            Thread.sleep(150);
            assertThat(checkpointer.isDue(new TrainingProgress(1, 2, 10, 5))).isTrue();
            checkpointer.save(state(1, 2), mlp, true);
            assertThat(checkpointer.isDue(new TrainingProgress(1, 3, 10, 5))).isFalse();
        }
    }

    /** The first one is taken, as nobody knows what it costs; the last one too. */
    @Test
    void checkpointsThatCostTooMuchWait() {
        try (Checkpointer checkpointer = checkpointer(new CheckpointPolicy(1, 0, 1, 1e-12));
                Mlp mlp = TinyCheckpoint.network()) {
            assertThat(checkpointer.isDue(new TrainingProgress(1, 10, 10, 5))).isTrue();
            checkpointer.save(state(1, 10), mlp, true);
            assertThat(checkpointer.secondsSpent()).isPositive();
            assertThat(checkpointer.isDue(new TrainingProgress(2, 10, 10, 5))).isFalse();
            assertThat(checkpointer.isDue(new TrainingProgress(5, 10, 10, 5))).isTrue();
        }
    }

    @Test
    void savesWhatTheNetworkWasAndKeepsNoMemory() throws IOException {
        long open = OffHeapMemory.bytesInUse();
        try (Mlp mlp = TinyCheckpoint.network()) {
            try (Checkpointer checkpointer = checkpointer(new CheckpointPolicy(1, 0, 2, ANY_SHARE))) {
                for (int step = 1; step <= 5; step++) {
                    mlp.layer(0).bias().set(0, step);
                    checkpointer.save(state(1, step), mlp, false);
                    mlp.layer(0).bias().set(0, 100);
                }
            }
            assertThat(heard).hasSize(5).last().isEqualTo("epoch_0001_step_000005.checkpoint");
            try (CheckpointDirectory.Newest newest = new CheckpointDirectory(temporary.resolve("checkpoints"))
                    .newest()) {
                Checkpoint checkpoint = Objects.requireNonNull(newest.checkpoint());
                assertThat(checkpoint.epoch()).isEqualTo(state(1, 5));
                assertThat(checkpoint.network().layers().get(0).bias().values().get(0)).isEqualTo(5);
            }
        }
        assertThat(OffHeapMemory.bytesInUse()).isEqualTo(open);
    }

    @Test
    void failureIsToldAndTheNextIsTried() throws IOException {
        Path file = Files.writeString(temporary.resolve("checkpoints"), "in the way");
        try (Mlp mlp = TinyCheckpoint.network();
                Checkpointer checkpointer = checkpointer(new CheckpointPolicy(1, 0, 2, ANY_SHARE))) {
            checkpointer.save(state(1, 1), mlp, true);
            assertThat(heard).hasSize(1).first().isInstanceOf(IOException.class);
            Files.delete(file);
            checkpointer.save(state(1, 2), mlp, true);
            assertThat(heard).hasSize(2).last().isEqualTo("epoch_0001_step_000002.checkpoint");
        }
    }

    @Test
    void policyIsChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointPolicy(-1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointPolicy(0, -1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointPolicy(0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointPolicy(0, 0, 1, 0));
    }
}
