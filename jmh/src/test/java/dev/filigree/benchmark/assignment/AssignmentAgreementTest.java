package dev.filigree.benchmark.assignment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers find the optimum that Filigree finds, or the benchmark does not run. */
class AssignmentAgreementTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PUBLISHED")
    void textbookAgrees(CostFamily family) {
        for (int size : new int[]{1, 2, 17, 100, 300}) {
            with(family, size, operands -> assertThatCode(() -> new TextbookAssignment().fill(operands))
                    .doesNotThrowAnyException());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PUBLISHED")
    void jgraphtAgrees(CostFamily family) {
        for (int size : new int[]{1, 2, 17, 100}) {
            with(family, size, operands -> assertThatCode(() -> new JGraphTAssignment().fill(operands))
                    .doesNotThrowAnyException());
        }
    }

    @Test
    void anotherOptimumIsRefused() {
        with(CostFamily.UNIFORM, 50, operands -> {
            operands.costs()[0][0] = -1_000_000_000;
            assertThatIllegalStateException().isThrownBy(() -> new TextbookAssignment().fill(operands))
                    .withMessageContaining("times of different answers are not compared");
        });
    }

    private static void with(CostFamily family, int size, Consumer<CostOperands> test) {
        CostOperands operands = new CostOperands();
        operands.family = family;
        operands.size = size;
        operands.threads = 1;
        operands.draw();
        try {
            test.accept(operands);
        } finally {
            operands.close();
        }
    }
}
