package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.evolution.DropSchedule;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.Layer;
import dev.filigree.network.Mlp;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerResumeTest {
    private static final Evolution SET = PruneAndGrow.set(0.3,
            new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY));

    /** With dropout and, as the network stays in memory, with moments. */
    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void resumedTrainingIsThatOfOneRun(boolean rewiring, boolean adam) {
        Evolution evolution = rewiring ? SET : Evolution.STATIC;
        Optimizer optimizer = adam ? TestProblem.adam(0.003) : TestProblem.sgd(0.02);
        try (TestProblem training = new TestProblem(130, 1);
                Mlp whole = TestProblem.network(TestNetworks.VECTOR, 1);
                Mlp parts = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            List<EpochReport> expected = trainer(whole, 4, optimizer, evolution, training).train(pool);
            trainer(parts, 2, optimizer, evolution, training).train(pool);
            List<Object> rewired = new ArrayList<>();
            List<EpochReport> resumed = trainer(parts, 4, optimizer, evolution, training).resumeAfter(2)
                    .listen(new TrainingListener() {
                        @Override
                        public void resumed(int epoch, List<Long> connections) {
                            rewired.addAll(List.of(epoch, connections));
                        }
                    }).train(pool);
            assertThat(resumed).extracting(EpochReport::epoch).containsExactly(3, 4);
            assertThat(resumed).extracting(EpochReport::training)
                    .isEqualTo(expected.subList(2, 4).stream().map(EpochReport::training).toList());
            assertThat(rewired).containsExactly(2, expected.get(1).rewired());
            assertThat(content(parts)).usingRecursiveComparison().isEqualTo(content(whole));
        }
    }

    /** What is rewired after steps is in the saved network: nothing is done again. */
    @Test
    void updatesWithinEpochsAreNotRepeated() {
        // The drop fraction is constant, so that a run of two epochs begins like one of four.
        Evolution rigl = PruneAndGrow.rigl(0.3, new UpdateSchedule(2, 0, 1)).dropping(DropSchedule.CONSTANT);
        try (TestProblem training = new TestProblem(130, 1);
                Mlp whole = TestProblem.network(TestNetworks.VECTOR, 1);
                Mlp parts = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            List<EpochReport> expected = trainer(whole, 3, rigl, training).train(pool);
            assertThat(expected.getFirst().rewired()).anyMatch(count -> count > 0);
            trainer(parts, 1, rigl, training).train(pool);
            List<EpochReport> resumed = trainer(parts, 3, rigl, training).resumeAfter(1)
                    .listen(new TrainingListener() {
                        @Override
                        public void resumed(int epoch, List<Long> rewired) {
                            throw new AssertionError("rewired again after epoch " + epoch);
                        }
                    }).train(pool);
            assertThat(resumed).extracting(EpochReport::rewired)
                    .isEqualTo(expected.subList(1, 3).stream().map(EpochReport::rewired).toList());
            assertThat(content(parts)).usingRecursiveComparison().isEqualTo(content(whole));
        }
    }

    @Test
    void nothingIsRewiredBeforeTheFirstEpoch() {
        try (TestProblem training = new TestProblem(130, 1);
                Mlp whole = TestProblem.network(TestNetworks.VECTOR, 1);
                Mlp resumed = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1)) {
            trainer(whole, 2, SET, training).train(pool);
            trainer(resumed, 2, SET, training).resumeAfter(0).train(pool);
            assertThat(content(resumed)).usingRecursiveComparison().isEqualTo(content(whole));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 5})
    void anEpochMustRemain(int epoch) {
        try (TestProblem training = new TestProblem(3, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1)) {
            Trainer trainer = trainer(mlp, 4, SET, training);
            assertThatIllegalArgumentException().isThrownBy(() -> trainer.resumeAfter(epoch))
                    .withMessageContaining("epoch " + epoch).withMessageContaining("less than 4");
        }
    }

    private static Trainer trainer(Mlp mlp, int epochs, Evolution evolution, TestProblem training) {
        return trainer(mlp, epochs, TestProblem.sgd(0.02), evolution, training);
    }

    private static Trainer trainer(Mlp mlp, int epochs, Optimizer optimizer, Evolution evolution,
            TestProblem training) {
        return new Trainer(mlp, TestProblem.config(epochs, 64, optimizer, evolution, 1), training.samples, null,
                null);
    }

    /** All connections, weights and biases. */
    private static List<Object> content(Mlp mlp) {
        List<Object> content = new ArrayList<>();
        for (Layer layer : mlp.layers()) {
            try (FloatArray weights = layer.copyWeights(); LayerTopology topology = layer.copyTopology()) {
                content.addAll(List.of(topology.sources().toArray(), weights.toArray(), layer.bias().toArray()));
            }
        }
        return content;
    }
}
