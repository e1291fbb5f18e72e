package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CostMatrixTest {
    @Test
    void sparseMatrixFillsInTheDefault() {
        SparseCostMatrix matrix = new SparseCostMatrix(1, new int[][]{{1}, {}}, new double[][]{{0.5}, {}});
        double[] row = {9, 9, 9};
        matrix.copyRow(0, row);
        assertThat(row).containsExactly(1, 0.5, 9);
        assertThat(matrix.cost(0, 1)).isEqualTo(0.5);
        assertThat(matrix.cost(1, 1)).isEqualTo(1);
        assertThat(matrix.listedCosts()).isEqualTo(1);
    }

    @Test
    void sparseMatrixRefusesUnsortedColumns() {
        assertThatThrownBy(() -> new SparseCostMatrix(1, new int[][]{{1, 0}, {}}, new double[][]{{0, 0}, {}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 0: column 0 after 1");
    }

    @Test
    void denseMatrixRefusesARectangle() {
        assertThatThrownBy(() -> DenseCostMatrix.of(new double[]{1, 2}, new double[]{1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 1 has 3 costs");
    }

    @Test
    void denseMatrixChecksIndices() {
        DenseCostMatrix matrix = DenseCostMatrix.of(new double[]{1, 2}, new double[]{3, 4});
        assertThatThrownBy(() -> matrix.cost(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
