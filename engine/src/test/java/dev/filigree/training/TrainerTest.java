package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.SparseLayer;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final Evolution SET = PruneAndGrow.set(0.3, null);

    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void learnsWhatCanBeLearned(boolean rewiring, boolean adam) {
        try (TestProblem training = new TestProblem(1000, 1);
                TestProblem validation = new TestProblem(300, 2);
                TestProblem test = new TestProblem(500, 3);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1)) {
            TrainingConfig config = TestProblem.config(8, 32,
                    adam ? TestProblem.adam(0.003) : TestProblem.sgd(0.02), rewiring ? SET : Evolution.STATIC, 1);
            List<EpochReport> history = new Trainer(mlp, config, training.samples, validation.samples, test.samples)
                    .train(pool);
            assertThat(history).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            EpochReport last = history.getLast();
            assertThat(last.training().accuracy()).isGreaterThan(0.9);
            assertThat(last.training().loss()).isLessThan(0.5 * history.getFirst().training().loss());
            assertThat(last.validation()).isNotNull();
            assertThat(last.test()).isNotNull().satisfies(e -> assertThat(e.accuracy()).isGreaterThan(0.95));
            assertThat(history.getFirst().rewired().stream().mapToLong(n -> n).sum() > 0).isEqualTo(rewiring);
            assertThat(history).allSatisfy(report -> assertThat(report.connections())
                    .isEqualTo(mlp.layers().stream().map(layer -> layer.connections()).toList()));
            assertThat(last.rewired()).as("after the last epoch nothing is rewired").containsOnly(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rigl", "snfs", "dsr", "gradual-pruning"})
    void learnsWithEveryRule(String rule) {
        UpdateSchedule often = new UpdateSchedule(8, 0, 0.75);
        Evolution evolution = switch (rule) {
            case "rigl" -> PruneAndGrow.rigl(0.3, often);
            case "snfs" -> PruneAndGrow.snfs(0.3, UpdateSchedule.EVERY_EPOCH);
            case "dsr" -> PruneAndGrow.dsr(0.3, often);
            default -> PruneAndGrow.gradualPruning(0.1, often);
        };
        try (TestProblem training = new TestProblem(1000, 1);
                TestProblem test = new TestProblem(500, 3);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1)) {
            TrainingConfig config = TestProblem.config(8, 32, TestProblem.sgd(0.02), evolution, 1);
            long before = mlp.connections();
            List<EpochReport> history = new Trainer(mlp, config, training.samples, null, test.samples).train(pool);
            assertThat(history.getLast().test()).isNotNull()
                    .satisfies(e -> assertThat(e.accuracy()).isGreaterThan(0.95));
            assertThat(history.getFirst().rewired()).anyMatch(count -> count > 0);
            assertThat(mlp.connections() < before).isEqualTo(rule.equals("gradual-pruning"));
            assertThat(history.getLast().connections())
                    .isEqualTo(mlp.layers().stream().map(layer -> layer.connections()).toList());
        }
    }

    /** A network of dense products alone works on one wide tile, sparse kernels on narrow ones. */
    @Test
    void learnsFromDenseProductsToSparseOnes() {
        Sparsity all = new Sparsity.Density(1);
        try (TestProblem training = new TestProblem(1000, 1);
                TestProblem test = new TestProblem(500, 3);
                Mlp mlp = Mlp.random(TestProblem.FEATURES,
                        List.of(new LayerSpec(80, all, Activation.RELU, Dropout.NONE),
                                new LayerSpec(70, all, Activation.RELU, Dropout.NONE),
                                new LayerSpec(TestProblem.CLASSES, null, Activation.LINEAR, Dropout.NONE)),
                        new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY), 1,
                        TestNetworks.compute(TestNetworks.VECTOR));
                WorkerPool pool = new WorkerPool(2)) {
            assertThat(mlp.layers()).allMatch(Layer::hasDenseProducts);
            Evolution pruning = PruneAndGrow.gradualPruning(0.1, new UpdateSchedule(8, 0, 0.75));
            List<EpochReport> history = new Trainer(mlp, TestProblem.config(8, 100, 0.02, pruning, 1), training.samples,
                    null, test.samples).train(pool);
            assertThat(mlp.layer(0).hasDenseProducts()).isFalse();
            assertThat(mlp.layer(1).hasDenseProducts()).isFalse();
            assertThat(history.getLast().connections().get(0)).isBetween(158L, 162L);
            assertThat(history.getLast().connections().get(1)).isBetween(558L, 562L);
            assertThat(history.getLast().connections().get(2)).as("the dense output layer").isEqualTo(280);
            assertThat(history.getLast().test()).isNotNull()
                    .satisfies(e -> assertThat(e.accuracy()).isGreaterThan(0.95));
        }
    }

    /** An evaluation of the trained network from outside gives the numbers of the report. */
    @Test
    void reportsAreThoseOfTheNetworkAtTheEndOfTheEpoch() {
        try (TestProblem training = new TestProblem(200, 1);
                TestProblem test = new TestProblem(130, 3);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 50)) {
            List<EpochReport> history = new Trainer(mlp, TestProblem.config(2, 64, 0.02, SET, 1), training.samples,
                    null, test.samples).train(pool);
            Evaluation again;
            try (Evaluator evaluator = new Evaluator(propagation, test.samples, 50)) {
                again = evaluator.evaluate();
            }
            assertThat(history.getLast().validation()).isNull();
            assertThat(history.getLast().test()).isNotNull()
                    .satisfies(e -> assertThat(e.loss()).isCloseTo(again.loss(), within(1e-6)))
                    .satisfies(e -> assertThat(e.accuracy()).isEqualTo(again.accuracy()));
        }
    }

    @ParameterizedTest
    @CsvSource({"130,64,'64,128,130'", "130,130,130", "130,200,130", "3,1,'1,2,3'", "128,64,'64,128'"})
    void lastBatchTakesWhatRemains(int count, int batch, String steps) {
        List<String> seen = new ArrayList<>();
        try (TestProblem training = new TestProblem(count, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            Trainer trainer = new Trainer(mlp, TestProblem.config(1, batch, 0.01, SET, 1), training.samples, null,
                    null);
            trainer.listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    assertThat(total).isEqualTo(count);
                    seen.add(Integer.toString(samples));
                }
            });
            double hits = trainer.train(pool).getFirst().training().accuracy() * count;
            assertThat(hits).as("a share of all samples").isCloseTo(Math.rint(hits), within(1e-9));
        }
        assertThat(String.join(",", seen)).isEqualTo(steps);
    }

    @Test
    void listenersHearStepsThenTheTrainedNetworkThenTheReport() {
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void stepDone(int epoch, int samples, int total) {
                heard.add("step " + epoch + " " + samples);
            }

            @Override
            public void epochTrained(int epoch, Mlp mlp) {
                heard.add("trained " + epoch);
            }

            @Override
            public void epochDone(EpochReport report) {
                heard.add("done " + report.epoch());
            }
        };
        try (TestProblem training = new TestProblem(100, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1)) {
            new Trainer(mlp, TestProblem.config(2, 64, 0.01, SET, 1), training.samples, null, null).listen(listener)
                    .train(pool);
        }
        assertThat(heard).containsExactly("step 1 64", "step 1 100", "trained 1", "done 1", "step 2 64",
                "step 2 100", "trained 2", "done 2");
    }

    @Test
    void outputLayerIsRewiredOnlyIfAskedFor() {
        for (boolean evolveOutput : new boolean[]{false, true}) {
            try (TestProblem training = new TestProblem(100, 1);
                    Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                    WorkerPool pool = new WorkerPool(1)) {
                TrainingConfig base = TestProblem.config(2, 64, 0.01, SET, 1);
                TrainingConfig config = new TrainingConfig(2, 64, base.loss(), base.optimizer(), SET, evolveOutput, 1);
                List<Long> rewired = new Trainer(mlp, config, training.samples, null, null).train(pool).getFirst()
                        .rewired();
                assertThat(IntStream.range(0, 4).mapToObj(l -> rewired.get(l) > 0))
                        .containsExactly(true, false, true, evolveOutput);
                assertThat(mlp.layer(1)).isNotInstanceOf(SparseLayer.class);
            }
        }
    }

    @Test
    void divergenceNamesEpochAndLayer() {
        try (TestProblem training = new TestProblem(200, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            // The squared error of a linear output grows without bound, even if all other units die.
            TrainingConfig base = TestProblem.config(3, 32, 1e20, SET, 1);
            Trainer fast = new Trainer(mlp,
                    new TrainingConfig(3, 32, Loss.MEAN_SQUARED_ERROR, base.optimizer(), SET, true, 1),
                    training.samples, null, null);
            assertThatThrownBy(() -> fast.train(pool)).isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("not finite in epoch 1, step ")
                    .satisfies(e -> assertThat(((TrainingDivergedException) e).epoch()).isEqualTo(1));
        }
        try (TestProblem training = new TestProblem(200, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            for (int neuron = 0; neuron < mlp.layer(2).outputs(); neuron++) {
                mlp.layer(2).bias().set(neuron, Float.POSITIVE_INFINITY);
            }
            Trainer trainer = new Trainer(mlp, TestProblem.config(1, 32, 0.1, SET, 1), training.samples, null, null);
            assertThatThrownBy(() -> trainer.train(pool)).isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("epoch 1, step 1: layer 2 is the first");
        }
    }

    @Test
    void samplesThatDoNotFitAreRefusedByNumber() {
        try (TestProblem training = new TestProblem(10, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1)) {
            TrainingConfig config = TestProblem.config(1, 4, 0.1, SET, 1);
            Samples narrow = new Samples(training.samples.features(), training.samples.labels(), 10, 19);
            assertThatThrownBy(() -> new Trainer(mlp, config, narrow, null, null))
                    .hasMessage("the samples have 19 features, but the network has 20 inputs");
            assertThatThrownBy(() -> new Samples(training.samples.features(), training.samples.labels(), 11, 20))
                    .hasMessageContaining("11 samples of 20 features");
            training.samples.labels().set(7, 4);
            assertThatThrownBy(() -> new Trainer(mlp, config, training.samples, null, null))
                    .hasMessage("sample 7 has label 4, but the network has 4 outputs");
            training.samples.labels().set(7, -1);
            assertThatThrownBy(() -> new Trainer(mlp, config, training.samples, null, null))
                    .hasMessage("sample 7 has label -1, but the network has 4 outputs");
        }
    }

    @Test
    void batchOfMoreThanAllSamplesIsABatchOfAll() {
        assertThat(weightsAfterTraining(1_000_000_000)).isEqualTo(weightsAfterTraining(50));
    }

    private static float[] weightsAfterTraining(int batch) {
        try (TestProblem problem = new TestProblem(50, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(1)) {
            new Trainer(mlp, TestProblem.config(2, batch, 0.1, Evolution.STATIC, 1), problem.samples, null, null)
                    .train(pool);
            try (FloatArray weights = mlp.layer(2).copyWeights()) {
                return weights.toArray();
            }
        }
    }
}
