package dev.filigree.plot.heat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.plot.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorScaleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|0.0 0.2 0.4 0.6 0.8 1.0", "1|0.0 0.2 0.4 0.6 0.8 1.0",
            "0.5|0.0 0.1 0.2 0.3 0.4 0.5", "0.51|0.0 0.1 0.2 0.3 0.4 0.5 0.6", "0.3|0.00 0.05 0.10 0.15 0.20 0.25 0.30",
            "0.0042|0.000 0.001 0.002 0.003 0.004 0.005", "37|0 5 10 15 20 25 30 35 40"})
    void ticksAreRoundNumbersUpToTheLargestValue(double largest, String ticks) {
        assertThat(String.join(" ", ColorScale.upTo(largest).tickLabels())).isEqualTo(ticks);
    }

    @Test
    void coloursRunFromDarkToLight() {
        ColorScale scale = ColorScale.upTo(0.5);
        assertThat(scale.color(0)).isEqualTo(0x440154);
        assertThat(scale.color(0.5)).isEqualTo(0xfde725);
        assertThat(Palette.color(-1)).isEqualTo(0x440154);
        assertThat(Palette.color(2)).isEqualTo(0xfde725);
    }

    /** The middle of the published table of 256 colours is #21918c. */
    @Test
    void interpolatedColoursAreCloseToThePublishedOnes() {
        int middle = Palette.color(0.5);
        assertThat(middle >> 16 & 0xff).isBetween(0x20, 0x24);
        assertThat(middle >> 8 & 0xff).isBetween(0x8e, 0x93);
        assertThat(middle & 0xff).isBetween(0x8a, 0x8f);
    }

    @Test
    void inkStandsOutFromItsBackground() {
        assertThat(Palette.inkOn(0x440154)).isEqualTo(0xffffff);
        assertThat(Palette.inkOn(0xfde725)).isEqualTo(0x000000);
    }
}
