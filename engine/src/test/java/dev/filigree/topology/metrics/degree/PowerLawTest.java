package dev.filigree.topology.metrics.degree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.topology.metrics.MetricFixtures;
import dev.filigree.topology.model.ScaleFree;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerLawTest {
    @Test
    void zetaIsSciPys() throws Exception {
        assertThat(HurwitzZeta.scaled(1.5, 3)).isCloseTo(MetricFixtures.expected("zeta") * Math.pow(3, 1.5),
                within(1e-10));
        assertThat(HurwitzZeta.scaled(80, 4)).isCloseTo(MetricFixtures.expected("steep zeta"), within(1e-10));
        // Riemann's of 2.
        assertThat(HurwitzZeta.scaled(2, 1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-10));
    }

    @Test
    void theFitIsThatOfSciPy() throws Exception {
        PowerLaw law = Objects.requireNonNull(PowerLaw.fit(MetricFixtures.degrees(), 20, 1));
        assertThat(law.smallest()).isEqualTo((int) MetricFixtures.expected("power law smallest"));
        assertThat(law.exponent()).isCloseTo(MetricFixtures.expected("power law exponent"), within(1e-5));
        assertThat(law.distance()).isCloseTo(MetricFixtures.expected("power law distance"), within(1e-6));
        assertThat(law.tail()).isEqualTo((int) MetricFixtures.expected("power law tail"));
    }

    @Test
    void aPowerLawIsNotRuledOut() throws Exception {
        assertThat(Objects.requireNonNull(PowerLaw.fit(MetricFixtures.degrees(), 50, 1)).pValue()).isGreaterThan(0.1);
    }

    @Test
    void uniformNumbersAreNoPowerLaw() {
        int[] degrees = new SplittableRandom(3).ints(5000, 1, 11).toArray();
        assertThat(Objects.requireNonNull(PowerLaw.fit(degrees, 50, 1)).pValue()).isLessThan(0.1);
    }

    @Test
    void samplesOfALawGiveItBack() throws Exception {
        PowerLawTail tail = PowerLawTail.fit(new DegreeCounts(MetricFixtures.degrees()), 5);
        int[] sample = tail.sample(new SplittableRandom(1));
        PowerLawTail again = PowerLawTail.fit(new DegreeCounts(sample), 5);
        assertThat(again.exponent()).isCloseTo(tail.exponent(), within(5 * tail.exponent() / Math.sqrt(tail.size())));
        assertThat((double) again.size()).isCloseTo(tail.size(), within(5 * Math.sqrt(tail.size())));
    }

    @Test
    void exponentsTellScaleFreeLayersFromRandomOnes() {
        Sparsity sparsity = new Sparsity.Density(0.01);
        try (LayerTopology scaleFree = new ScaleFree().generate(1000, 1000, sparsity, 1);
                LayerTopology random = ErdosRenyi.generate(1000, 1000, sparsity, 1)) {
            PowerLaw law = Objects.requireNonNull(DegreeMetrics.incoming(scaleFree, 1, 1).powerLaw());
            assertThat(law.exponent()).isBetween(2.0, 4.0);
            PowerLaw other = Objects.requireNonNull(DegreeMetrics.incoming(random, 1, 1).powerLaw());
            assertThat(other.exponent()).isGreaterThan(5);
        }
    }

    @Test
    void equalDegreesHaveNoPowerLaw() {
        assertThat(PowerLaw.fit(new int[]{4, 4, 0, 4}, 10, 1)).isNull();
        assertThat(PowerLaw.fit(new int[]{0}, 10, 1)).isNull();
        assertThatThrownBy(() -> PowerLaw.fit(new int[]{1, 2}, 0, 1)).hasMessageContaining("repetitions is 0");
    }
}
