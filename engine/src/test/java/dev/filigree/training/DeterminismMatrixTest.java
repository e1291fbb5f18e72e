package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.Products;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With either provider: any number of workers, resumed after any epoch with any number of workers, gives the same bits.
 * The second layer's products run over blocks.
 * Runs with vectors of several widths.
 */
class DeterminismMatrixTest {
    private static final int[] WORKERS = {1, 2, 3, 5};
    private static final int EPOCHS = 3;
    private static final Sparsity DENSITY = new Sparsity.Density(0.3);
    private static final List<LayerSpec> SPECS = List.of(
            new LayerSpec(300, DENSITY, Activation.allRelu(0.6f, 0), new Dropout(0.2)),
            new LayerSpec(150, DENSITY, Activation.SRELU, Dropout.NONE),
            new LayerSpec(TestProblem.CLASSES, null, Activation.LINEAR, Dropout.NONE));

    private static Trainer trainer(Mlp mlp, TestProblem problem, boolean adam) {
        TrainingConfig config = TestProblem.config(EPOCHS, 70, adam ? TestProblem.adam(0.003) : TestProblem.sgd(0.02),
                PruneAndGrow.set(0.3, null), 1);
        return new Trainer(mlp, TestProblem.clipped(config, new GradientClipping.ByNorm(1)), problem.samples, null,
                null);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void workersAndResumptionsChangeNoBit(boolean vector, boolean adam) {
        assumeTrue(vector || System.getProperty("filigree.vector.bits", "").isEmpty(),
                "the scalar kernels are the same at every width of vectors");
        SparseKernels kernels = vector ? TestNetworks.VECTOR : TestNetworks.SCALAR;
        List<Object> expected = new ArrayList<>();
        try (TestProblem problem = new TestProblem(100, 1)) {
            for (int w = 0; w < WORKERS.length; w++) {
                int workers = WORKERS[w];
                List<EpochState> positions = new ArrayList<>();
                List<NetworkState> states = new ArrayList<>();
                try (Mlp mlp = Mlp.random(TestProblem.FEATURES, SPECS,
                        new Initializer(Distribution.HE_UNIFORM, Fan.TOPOLOGY), 1, TestNetworks.compute(kernels));
                        WorkerPool pool = new WorkerPool(workers)) {
                    assertThat(mlp.layer(1).products()).isEqualTo(Products.BLOCKED);
                    trainer(mlp, problem, adam).saveTo(TrainingRun.afterEveryStep((position, network) -> {
                        if (position.samples() == 100) {
                            positions.add(position);
                            states.add(NetworkState.of(network));
                        }
                    })).train(pool);
                    if (expected.isEmpty()) {
                        expected.addAll(TrainingRun.bits(mlp));
                    }
                    assertThat(TrainingRun.bits(mlp)).as("%d workers", workers).isEqualTo(expected);
                }
                assertThat(states).hasSize(EPOCHS);
                for (int k = 0; k < EPOCHS; k++) {
                    int others = WORKERS[(w + k + 1) % WORKERS.length];
                    resume(states.get(k), positions.get(k), others, kernels, problem, adam, expected);
                }
            }
        }
    }

    private static void resume(NetworkState state, EpochState position, int workers, SparseKernels kernels,
            TestProblem problem, boolean adam, List<Object> expected) {
        try (state;
                Mlp mlp = state.restore(SPECS, TestNetworks.compute(kernels));
                WorkerPool pool = new WorkerPool(workers)) {
            trainer(mlp, problem, adam).resumeFrom(position).train(pool);
            assertThat(TrainingRun.bits(mlp)).as("after epoch %d, with %d workers", position.epoch(), workers)
                    .isEqualTo(expected);
        }
    }
}
