package dev.filigree.benchmark.layer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers compute what Filigree computes, or the benchmark does not run. */
class AgreementTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void openBlasAgrees(int threads) {
        with(threads, operands -> {
            OpenBlasLayer peer = new OpenBlasLayer();
            assertThatCode(() -> peer.fill(operands)).doesNotThrowAnyException();
            peer.close();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void blocksAgree(int threads) {
        with(threads, operands -> {
            FiligreeBlockedLayer peer = new FiligreeBlockedLayer();
            assertThatCode(() -> peer.fill(operands)).doesNotThrowAnyException();
            peer.close();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void plainJavaAgrees(int threads) {
        with(threads, operands -> assertThatCode(() -> new PlainJavaLayer().fill(operands))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ejmlAgrees(int threads) {
        with(threads, operands -> assertThatCode(() -> new EjmlLayer().fill(operands)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anotherWeightIsRefused(int threads) {
        with(threads, operands -> {
            EjmlLayer peer = new EjmlLayer();
            peer.fill(operands);
            operands.weights()[0] += 100;
            assertThatIllegalStateException().isThrownBy(() -> Agreement.require(operands, peer))
                    .withMessageContaining("EjmlLayer computes").withMessageContaining("output of neuron 0");
        });
    }

    private static void with(int threads, Consumer<LayerOperands> test) {
        LayerOperands operands = new LayerOperands();
        operands.shape = "37x53";
        operands.batch = 33;
        operands.density = 0.2;
        operands.threads = threads;
        operands.draw();
        try {
            test.accept(operands);
        } finally {
            operands.close();
        }
    }
}
