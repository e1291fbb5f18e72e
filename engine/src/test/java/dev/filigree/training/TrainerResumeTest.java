package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that goes on from a file becomes what it would have been, bit by bit. */
class TrainerResumeTest {
    @TempDir
    Path directory;

    private List<Path> checkpoints(TrainingRun run, TestProblem problem, List<Object> bits, List<Object> reports) {
        List<Path> files = new ArrayList<>();
        try (Mlp mlp = run.network(); WorkerPool pool = new WorkerPool(1)) {
            List<EpochReport> history = run.trainer(mlp, problem)
                    .saveTo(TrainingRun.afterEveryStep((state, network) -> files.add(write(state, network))))
                    .train(pool);
            bits.addAll(TrainingRun.bits(mlp));
            reports.addAll(TrainingRun.withoutTimes(history));
        }
        return files;
    }

    private Path write(EpochState state, Mlp mlp) {
        Path file = directory.resolve("%d-%d".formatted(state.epoch(), state.step()));
        try (Checkpoint checkpoint = new Checkpoint("{}", "abc", state, NetworkState.of(mlp))) {
            checkpoint.write(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After every step, so of every epoch too, with any number of workers. */
    @ParameterizedTest
    @EnumSource
    void resumedTrainingIsThatOfOneRun(TrainingRun run) throws IOException {
        List<Object> bits = new ArrayList<>();
        List<Object> reports = new ArrayList<>();
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1)) {
            List<Path> files = checkpoints(run, problem, bits, reports);
            assertThat(files).hasSize(3 * TrainingRun.EPOCHS);
            for (Path file : files) {
                for (int workers : new int[]{1, 2, 3, 5}) {
                    try (Checkpoint checkpoint = Checkpoint.read(file);
                            Mlp mlp = checkpoint.network().restore(run.specs(), run.compute());
                            WorkerPool pool = new WorkerPool(workers)) {
                        assertThat(TrainingRun.bits(mlp)).isEqualTo(TrainingRun.bits(checkpoint.network()));
                        List<EpochReport> resumed = run.trainer(mlp, problem).resumeFrom(checkpoint.epoch())
                                .train(pool);
                        String what = "%s from %s on, %d workers".formatted(run, file.getFileName(), workers);
                        assertThat(TrainingRun.bits(mlp)).as(what).isEqualTo(bits);
                        List<Object> rest = TrainingRun.withoutTimes(resumed);
                        assertThat(rest).as(what)
                                .isEqualTo(reports.subList(reports.size() - rest.size(), reports.size()));
                        assertThat(resumed.getFirst().epoch()).isEqualTo(checkpoint.epoch().epoch());
                    }
                }
            }
        }
    }

    /** In the midst of an epoch, or of the evaluation that ends it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 64, 130})
    void stoppedTrainingIsSavedAfterItsStep(int samples) {
        TrainingRun run = TrainingRun.SET_AND_MOMENTUM;
        List<Object> bits = new ArrayList<>();
        List<Object> seen = new ArrayList<>();
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(2)) {
            Trainer trainer = run.trainer(mlp, problem);
            trainer.saveTo(new Checkpoints() {
                @Override
                public boolean isDue(dev.filigree.evolution.TrainingProgress now) {
                    return false;
                }

                @Override
                public void save(EpochState state, Mlp network, boolean stopping) {
                    seen.addAll(List.of(state.epoch(), state.samples(), stopping));
                    bits.addAll(TrainingRun.bits(network));
                }
            }).listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int done, int total) {
                    if (epoch == 2 && done >= samples) {
                        trainer.stop();
                    }
                }
            });
            assertThatExceptionOfType(TrainingStoppedException.class).isThrownBy(() -> trainer.train(pool))
                    .satisfies(e -> assertThat(e.epoch()).isEqualTo(2))
                    .withMessage("stopped in epoch 2 after step %d", (Math.max(samples, 64) + 63) / 64);
            assertThat(seen).containsExactly(2, (long) Math.max(samples, 64), true);
            assertThat(TrainingRun.bits(mlp)).isEqualTo(bits);
        }
    }

    /** Without a place to save it to, too. */
    @Test
    void stoppedEvaluationIsRepeated() {
        TrainingRun run = TrainingRun.SET_AND_ADAM;
        List<EpochState> states = new ArrayList<>();
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp whole = run.network();
                Mlp parts = run.network();
                WorkerPool pool = new WorkerPool(2)) {
            List<EpochReport> expected = run.trainer(whole, problem).train(pool);
            Trainer stopped = run.trainer(parts, problem);
            stopped.saveTo(TrainingRun.afterEveryStep((state, mlp) -> {
                states.add(state);
                if (state.epoch() == 1 && state.step() == 3) {
                    // The last step is done and was not asked for: the evaluation is what hears it.
                    stopped.stop();
                }
            }));
            assertThatExceptionOfType(TrainingStoppedException.class).isThrownBy(() -> stopped.train(pool));
            assertThat(states).hasSize(4);
            List<EpochReport> resumed = run.trainer(parts, problem).resumeFrom(states.getLast()).train(pool);
            assertThat(TrainingRun.withoutTimes(resumed)).isEqualTo(TrainingRun.withoutTimes(expected));
            assertThat(TrainingRun.bits(parts)).isEqualTo(TrainingRun.bits(whole));
        }
    }

    @Test
    void timesGoOn() {
        TrainingRun run = TrainingRun.STATIC;
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                WorkerPool pool = new WorkerPool(1)) {
            EpochState late = new EpochState(1, 3, 1, 2.5, 60, 64, List.of(1L, 2L, 3L, 4L), 1000,
                    new PhaseTimes(100, 200, 300, 0, 0));
            EpochReport report = run.trainer(mlp, problem).resumeFrom(late).train(pool).getFirst();
            assertThat(report.seconds()).isBetween(1000.0, 1100.0);
            assertThat(report.times().feed()).isBetween(100.0, 150.0);
            assertThat(report.rewired()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void placesWhereItCannotHaveStoodAreRefused() {
        TrainingRun run = TrainingRun.STATIC;
        PhaseTimes none = new PhaseTimes(0, 0, 0, 0, 0);
        List<Long> rewired = List.of(0L, 0L, 0L, 0L);
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1); Mlp mlp = run.network()) {
            Trainer trainer = run.trainer(mlp, problem);
            for (EpochState wrong : List.of(new EpochState(1, 4, 0, 0, 0, 0, rewired, 0, none),
                    new EpochState(1, 1, 4, 0, 0, 130, rewired, 0, none),
                    new EpochState(1, 1, 2, 0, 0, 130, rewired, 0, none),
                    new EpochState(1, 1, 2, 0, 0, 66, rewired, 0, none))) {
                assertThatIllegalArgumentException().isThrownBy(() -> trainer.resumeFrom(wrong))
                        .withMessageContaining("3 epochs of 3 steps are planned");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.resumeFrom(new EpochState(2, 1, 0, 0, 0, 0, rewired, 0, none)))
                    .withMessageContaining("seed 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.resumeFrom(new EpochState(1, 1, 0, 0, 0, 0, List.of(), 0, none)))
                    .withMessageContaining("0 layers");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EpochState(1, 0, 0, 0, 0, 0, rewired, 0, none));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EpochState(1, 1, 1, 0, 65, 64, rewired, 0, none));
        }
    }
}
