package dev.filigree.benchmark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peers of pipelines compute what Filigree computes. */
class PipelineAgreementTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void plainJavaGathersTheSameBatch(int threads) {
        BatchOperands batch = new BatchOperands();
        batch.samples = 100;
        batch.features = 19;
        batch.batch = 33;
        batch.threads = threads;
        assertThatCode(batch::draw).doesNotThrowAnyException();
        batch.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void denseNetworkStartsWithTheSameLosses(int threads) {
        NetworkOperands operands = new NetworkOperands();
        operands.layers = "19-40-30-5";
        operands.epsilon = 3;
        operands.samples = 70;
        operands.batch = 33;
        operands.threads = threads;
        operands.draw();
        DenseNetwork dense = new DenseNetwork();
        assertThatCode(() -> dense.start(operands)).doesNotThrowAnyException();
        dense.close();
        operands.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3})
    void plainSetReplacesTheSameConnections(double density) {
        RewiredLayer layer = new RewiredLayer();
        layer.shape = "37x53";
        layer.density = density;
        layer.zeta = 0.3;
        layer.threads = 2;
        assertThatCode(layer::make).doesNotThrowAnyException();
        assertThat(layer.evolve()).isPositive();
        assertThat(layer.evolvePlain()).isPositive();
        layer.close();
    }
}
