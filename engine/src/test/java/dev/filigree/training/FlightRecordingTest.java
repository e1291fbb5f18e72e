package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkComparer;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.network.Mlp;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.training.checkpoint.CheckpointDirectory;
import dev.filigree.training.checkpoint.CheckpointListener;
import dev.filigree.training.checkpoint.CheckpointPolicy;
import dev.filigree.training.checkpoint.Checkpointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording tells of a training and of a comparison. */
class FlightRecordingTest {
    @TempDir
    Path folder;

    private List<RecordedEvent> record(boolean steps) throws IOException {
        Path file = folder.resolve("a.jfr");
        try (Recording recording = new Recording()) {
            if (steps) {
                recording.enable("dev.filigree.Step");
            }
            recording.start();
            trainAndCompare();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.filigree.")).toList();
    }

    private void trainAndCompare() {
        TrainingRun run = TrainingRun.SET_AND_MOMENTUM;
        try (TestProblem problem = new TestProblem(TrainingRun.SAMPLES, 1);
                Mlp mlp = run.network();
                NetworkTopology before = mlp.copyTopology();
                WorkerPool pool = new WorkerPool(2)) {
            try (Checkpointer checkpointer = new Checkpointer(new CheckpointDirectory(folder.resolve("checkpoints")),
                    new CheckpointPolicy(1, 0, 1, 1e9), "{}", "abc", CheckpointListener.NONE)) {
                run.trainer(mlp, problem).saveTo(checkpointer).train(pool);
            }
            try (NetworkTopology after = mlp.copyTopology()) {
                new NetworkComparer(DistanceMethod.exact(OutputNeurons.MATCHED)).compare(before, after, pool);
            }
        }
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("dev.filigree." + name)).toList();
    }

    @Test
    void everythingIsRecorded() throws IOException {
        List<RecordedEvent> events = record(true);
        assertThat(named(events, "Step")).hasSize(9).allSatisfy(step -> {
            assertThat(step.getInt("samples")).isBetween(2, 64);
            assertThat(step.getDouble("meanLoss")).isBetween(0.0, 10.0);
            assertThat(step.getDuration()).isPositive();
        });
        assertThat(named(events, "Step").getLast().getInt("step")).isEqualTo(3);
        assertThat(named(events, "Epoch")).extracting(event -> event.getInt("epoch")).containsExactly(1, 2, 3);
        assertThat(named(events, "Evolution")).hasSize(2)
                .allSatisfy(event -> assertThat(event.getLong("removed")).isPositive());
        assertThat(named(events, "Checkpoint")).hasSize(3).last().satisfies(event -> {
            assertThat(event.getString("file")).endsWith("epoch_0003_step_000003.checkpoint");
            assertThat(event.getDuration("copying")).isPositive();
        });
        assertThat(named(events, "Distance")).singleElement()
                .satisfies(event -> assertThat(event.getDouble("distance")).isBetween(0.1, 0.9));
    }

    @Test
    void stepsAreRecordedOnlyIfAskedFor() throws IOException {
        List<RecordedEvent> events = record(false);
        assertThat(named(events, "Step")).isEmpty();
        assertThat(named(events, "Epoch")).hasSize(3);
    }
}
