package dev.filigree.cli.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void deviationIsThatOfASample() {
        Spread spread = Spread.of(List.of(1.0, 2.0, 3.0));
        assertThat(spread).isEqualTo(new Spread(2, 1, 3));
        assertThat(spread.text(1)).isEqualTo("2.0 ± 1.0");
        assertThat(Spread.described(3)).isEqualTo("mean over 3 seeds and sample standard deviation");
        assertThat(Spread.whiskers(3)).isEqualTo("mean over 3 seeds, standard deviation as whisker");
    }

    @Test
    void oneSeedHasNoDeviation() {
        assertThat(Spread.of(List.of(4.0)).text(2)).isEqualTo("4.00");
        assertThat(List.of(Spread.meanOver(1), Spread.described(1), Spread.whiskers(1))).containsOnly("one seed");
    }
}
