package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.MemoryLimit;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Mlp;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.training.checkpoint.Checkpoint;
import dev.filigree.training.checkpoint.CheckpointDirectory;
import dev.filigree.training.checkpoint.CheckpointListener;
import dev.filigree.training.checkpoint.CheckpointPolicy;
import dev.filigree.training.checkpoint.Checkpointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that runs out, off the heap and on it. */
class OutOfMemoryTest {
    /** Of memory, from one limit to the next. */
    private static final long BYTES = 3000;

    @TempDir
    Path folder;

    private final List<Object> heard = new CopyOnWriteArrayList<>();

    private CheckpointDirectory directory(Object name) {
        return new CheckpointDirectory(folder.resolve(name.toString()));
    }

    private Checkpointer checkpointer(CheckpointDirectory directory) {
        return new Checkpointer(directory, new CheckpointPolicy(1, 0, 1, 1e9), "{}", "abc", new CheckpointListener() {
            @Override
            public void saved(Path file) {
                heard.add(file);
            }

            @Override
            public void failed(IOException cause) {
                heard.add(cause);
            }
        });
    }

    /** With the more memory the later it runs out: when a network is made, trained, rewired, copied for a checkpoint. */
    @ParameterizedTest
    @EnumSource
    void whereverMemoryRunsOutNoneIsLostAndTheLastCheckpointIsWhole(TrainingRun run) throws IOException {
        boolean done = false;
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1)) {
            long before = OffHeapMemory.bytesInUse();
            for (long limit = 0; !done; limit += BYTES) {
                heard.clear();
                CheckpointDirectory directory = directory(limit);
                done = train(run, problem, directory, limit);
                assertThat(OffHeapMemory.bytesInUse()).as("%s with %d bytes: %s", run, limit,
                        OffHeapMemory.leakReport()).isEqualTo(before);
                List<Object> files = heard.stream().filter(Path.class::isInstance).toList();
                try (CheckpointDirectory.Newest newest = directory.newest()) {
                    assertThat(newest.damaged()).isEmpty();
                    assertThat(newest.file()).isEqualTo(files.isEmpty() ? null : files.getLast());
                }
            }
        }
    }

    private boolean train(TrainingRun run, TestProblem problem, CheckpointDirectory directory, long limit) {
        try (MemoryLimit exhausted = new MemoryLimit(limit);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2);
                Checkpointer checkpointer = checkpointer(directory)) {
            run.trainer(mlp, problem).saveTo(checkpointer).train(pool);
            assertThat(exhausted).isNotNull();
            return heard.stream().noneMatch(IOException.class::isInstance);
        } catch (OutOfMemoryError e) {
            assertThat(e).hasMessageStartingWith("cannot allocate ");
            return false;
        }
    }

    @Test
    void aTopologyThatThereIsNoMemoryToCopyLeavesNothing() {
        try (Mlp mlp = TrainingRun.STATIC.network()) {
            long before = OffHeapMemory.bytesInUse();
            try (NetworkTopology copy = mlp.copyTopology()) {
                long size = OffHeapMemory.bytesInUse() - before;
                assertThat(copy.depth()).isEqualTo(4);
                for (long limit = 0; limit < size; limit += size / 20) {
                    try (MemoryLimit exhausted = new MemoryLimit(limit)) {
                        assertThatThrownBy(mlp::copyTopology).isInstanceOf(OutOfMemoryError.class);
                        assertThat(exhausted).isNotNull();
                    }
                    assertThat(OffHeapMemory.bytesInUse()).isEqualTo(before + size);
                }
            }
        }
    }

    /** Training has what it needs; only the copy has not. */
    @Test
    void trainingGoesOnWithoutACheckpointThatThereIsNoMemoryFor() throws IOException {
        TrainingRun run = TrainingRun.STATIC;
        CheckpointDirectory directory = directory("checkpoints");
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2);
                Checkpointer checkpointer = checkpointer(directory)) {
            MemoryLimit[] limit = new MemoryLimit[1];
            Trainer trainer = run.trainer(mlp, problem).saveTo(checkpointer).listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    if (epoch == 2 && samples == total) {
                        limit[0] = new MemoryLimit(-OffHeapMemory.bytesInUse());
                    } else if (epoch == 3 && limit[0] != null) {
                        limit[0].close();
                        limit[0] = null;
                    }
                }
            });
            assertThat(trainer.train(pool)).hasSize(TrainingRun.EPOCHS);
        }
        assertThat(heard).hasSize(3);
        assertThat(heard.get(1)).isInstanceOfSatisfying(IOException.class,
                e -> assertThat(e).hasMessageStartingWith("cannot allocate ")
                        .hasCauseInstanceOf(OutOfMemoryError.class));
        assertThat(heard.get(2)).isEqualTo(directory.file(3, 3));
    }

    /** The rewiring follows the checkpoint of its epoch. */
    @Test
    void rewiringThatThereIsNoMemoryForLeavesTheCheckpointBefore() throws IOException {
        TrainingRun run = TrainingRun.SET_AND_MOMENTUM;
        CheckpointDirectory directory = directory("checkpoints");
        long before = OffHeapMemory.bytesInUse();
        MemoryLimit[] limit = new MemoryLimit[1];
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2);
                Checkpointer checkpointer = checkpointer(directory)) {
            Trainer trainer = run.trainer(mlp, problem).saveTo(checkpointer).listen(new TrainingListener() {
                @Override
                public void epochTrained(int epoch, Mlp trained) {
                    if (epoch == 2) {
                        limit[0] = new MemoryLimit(-OffHeapMemory.bytesInUse());
                    }
                }
            });
            assertThatThrownBy(() -> trainer.train(pool)).isInstanceOf(OutOfMemoryError.class);
        } finally {
            limit[0].close();
        }
        assertThat(OffHeapMemory.bytesInUse()).isEqualTo(before);
        try (CheckpointDirectory.Newest newest = directory.newest()) {
            assertThat(newest.file()).isEqualTo(directory.file(2, 3));
            assertThat(newest.damaged()).isEmpty();
        }
    }

    /** The heap's end may come anywhere; a listener is as good a place as any. */
    @Test
    void anErrorInTheMidstOfAnEpochLeavesTheLastCheckpoint() throws IOException {
        TrainingRun run = TrainingRun.SET_AND_ADAM;
        CheckpointDirectory directory = directory("checkpoints");
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2);
                Checkpointer checkpointer = checkpointer(directory)) {
            Trainer trainer = run.trainer(mlp, problem).saveTo(checkpointer).listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    if (epoch == 2 && samples > 64) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                }
            });
            assertThatThrownBy(() -> trainer.train(pool)).isInstanceOf(OutOfMemoryError.class);
        }
        try (CheckpointDirectory.Newest newest = directory.newest()) {
            assertThat(newest.damaged()).isEmpty();
            Checkpoint checkpoint = Objects.requireNonNull(newest.checkpoint());
            assertThat(checkpoint.epoch().epoch()).isEqualTo(1);
        }
    }
}
