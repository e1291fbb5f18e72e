package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
    private static final int FEATURES = 400;
    private static final int CLASSES = 10;

    @Test
    void sameSeedGivesTheSameSamples() {
        try (Dataset one = images(1).generate("one", 0, 20); Dataset two = images(1).generate("two", 0, 20)) {
            assertThat(two.values().toArray()).isEqualTo(one.values().toArray());
            assertThat(two.labels().toArray()).isEqualTo(one.labels().toArray());
        }
    }

    @Test
    void anotherSeedGivesOtherSamples() {
        try (Dataset one = images(1).generate("one", 0, 20); Dataset two = images(2).generate("two", 0, 20)) {
            assertThat(two.values().toArray()).isNotEqualTo(one.values().toArray());
        }
    }

    @Test
    void sampleDoesNotDependOnTheRangeItIsMadeIn() {
        try (Dataset all = images(1).generate("all", 0, 20); Dataset some = images(1).generate("some", 15, 5)) {
            for (int s = 0; s < 5; s++) {
                assertThat(some.label(s)).isEqualTo(all.label(15 + s));
                assertThat(some.value(s, FEATURES - 1)).isEqualTo(all.value(15 + s, FEATURES - 1));
            }
        }
    }

    @Test
    void valuesAreThoseOfBytes() {
        try (Dataset data = images(1).generate("data", 0, 100)) {
            float[] values = data.values().toArray();
            for (float value : values) {
                assertThat(value).isBetween(0f, 255f).isEqualTo(Math.round(value));
            }
        }
    }

    @Test
    void nearestMeanOfTheTrainingSamplesTellsTheClassOfOthersButForTheWrongLabels() {
        try (Dataset training = images(1).generate("training", 0, 1000);
                Dataset test = images(1).generate("test", 1000, 1000)) {
            double[][] means = means(training);
            int correct = 0;
            for (int s = 0; s < test.samples(); s++) {
                correct += nearest(means, test, s) == test.label(s) ? 1 : 0;
            }
            // One label in ten is drawn anew, and one in ten of these is right: 91 % are.
            assertThat(correct).isBetween(850, 950);
        }
    }

    @Test
    void noSamplesAreRefused() {
        assertThatThrownBy(() -> images(1).generate("none", 0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 samples from number 0, expected 1 or more");
    }

    private static SyntheticImages images(long seed) {
        return new SyntheticImages(FEATURES, CLASSES, seed);
    }

    private static double[][] means(Dataset data) {
        double[][] means = new double[CLASSES][FEATURES];
        int[] counts = data.samplesPerClass();
        for (int s = 0; s < data.samples(); s++) {
            for (int f = 0; f < FEATURES; f++) {
                means[data.label(s)][f] += data.value(s, f) / counts[data.label(s)];
            }
        }
        return means;
    }

    private static int nearest(double[][] means, Dataset data, int sample) {
        int best = 0;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (int c = 0; c < means.length; c++) {
            double distance = 0;
            for (int f = 0; f < FEATURES; f++) {
                double difference = data.value(sample, f) - means[c][f];
                distance += difference * difference;
            }
            if (distance < bestDistance) {
                best = c;
                bestDistance = distance;
            }
        }
        return best;
    }
}
