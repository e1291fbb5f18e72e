package dev.filigree.plot.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatGridTest {
    private static final HeatGrid.Panel PANEL = new HeatGrid.Panel(new double[][]{{0, 1, 0.5}, {1, 0, 0.25}}, "below");

    @TempDir
    Path temporary;

    @Test
    void everyCellIsARectangleOfItsColour() throws IOException {
        HeatGrid grid = new HeatGrid("Title", "under it", List.of("first", "second"),
                List.of(new HeatGrid.Row("row", List.of(PANEL, PANEL))), "values", null);
        Path file = temporary.resolve("grid.svg");
        grid.writeSvg(file);
        String svg = Files.readString(file);
        assertThat(svg).contains(">Title<", ">under it<", ">first<", ">second<", ">row<", ">below<", ">values<");
        // Twice two ones in the colour of the upper end; the bar's slices lie between the ends.
        assertThat(svg.split("fill=\"#fde725\"", -1)).hasSize(1 + 4);
    }

    @Test
    void rowsWithTooFewPanelsAreRefused() {
        assertThatThrownBy(() -> new HeatGrid("", "", List.of("first", "second"),
                List.of(new HeatGrid.Row("row", List.of(PANEL))), "", null)).hasMessageContaining("expected 2");
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> new HeatGrid.Panel(new double[][]{{-1}}, "")).hasMessageContaining("0 or more");
    }
}
