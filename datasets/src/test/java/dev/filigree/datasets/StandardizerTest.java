package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandardizerTest {
    @Test
    void measuresMeanAndPopulationDeviation() throws IOException {
        // Column 0: 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and population deviation 2. Column 1 is its negative.
        try (Dataset data = data(2, 2, -2, 4, -4, 4, -4, 4, -4, 5, -5, 5, -5, 7, -7, 9, -9)) {
            Standardizer standardizer = Standardizer.fit(data);
            assertThat(standardizer.means()).containsExactly(5, -5);
            assertThat(standardizer.deviations()).containsExactly(2, 2);
        }
    }

    @Test
    void appliesToTheDataItWasFittedOn() throws IOException {
        try (Dataset data = data(1, 2, 4, 4, 4, 5, 5, 7, 9)) {
            Standardizer.fit(data).apply(data);
            assertThat(data.values().toArray()).containsExactly(-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2);
        }
    }

    @Test
    void appliesTrainingStatisticsToOtherData() throws IOException {
        try (Dataset training = data(1, 2, 4, 4, 4, 5, 5, 7, 9); Dataset test = data(1, 5, 15)) {
            Standardizer.fit(training).apply(test);
            assertThat(test.values().toArray()).containsExactly(0, 5);
        }
    }

    @Test
    void rangeMapsTheSmallestTrainingValueToZeroAndTheLargestToOne() throws IOException {
        try (Dataset training = data(2, -1, 0, 3, 1); Dataset test = data(2, 1, 5, 0, -1)) {
            Standardizer.range(training).apply(test);
            assertThat(test.values().toArray()).containsExactly(0.5f, 1.5f, 0.25f, 0);
        }
    }

    @Test
    void constantFeatureBecomesZeroAlsoWhereItDiffers() throws IOException {
        // Summed in float, 0.1f a thousand times is not 100: a mean from that would leave a tiny deviation.
        float[] values = new float[1000];
        Arrays.fill(values, 0.1f);
        try (Dataset training = data(1, values); Dataset test = data(1, 0.1f, -7)) {
            Standardizer standardizer = Standardizer.fit(training);
            standardizer.apply(training);
            standardizer.apply(test);
            assertThat(training.values().toArray()).containsOnly(0f);
            assertThat(test.values().toArray()).containsOnly(0f);
        }
    }

    @Test
    void smallSpreadAroundALargeMeanSurvives() throws IOException {
        float large = 1 << 23;
        try (Dataset data = data(1, large, large + 1, large, large + 1)) {
            Standardizer.fit(data).apply(data);
            assertThat(data.values().toArray()).containsExactly(-1, 1, -1, 1);
        }
    }

    @Test
    void nanNamesSampleAndFeature() {
        try (Dataset data = data(2, 1, 2, 3, Float.NaN)) {
            assertThatThrownBy(() -> Standardizer.fit(data)).isInstanceOf(DatasetException.class)
                    .hasMessage("test: feature 1 of sample 1 is NaN, expected a finite number: "
                            + "repair or leave out the sample");
        }
    }

    @Test
    void infiniteValueLeavesTheDataUnchanged() throws IOException {
        try (Dataset training = data(1, 0, 2); Dataset test = data(1, 4, Float.NEGATIVE_INFINITY)) {
            Standardizer standardizer = Standardizer.fit(training);
            assertThatThrownBy(() -> standardizer.apply(test)).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("feature 0 of sample 1 is -Infinity");
            assertThat(test.value(0, 0)).isEqualTo(4f);
        }
    }

    @Test
    void otherNumberOfFeaturesIsRefused() throws IOException {
        try (Dataset training = data(1, 0, 2); Dataset test = data(2, 0, 2)) {
            Standardizer standardizer = Standardizer.fit(training);
            assertThatThrownBy(() -> standardizer.apply(test)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not fit a standardizer of 1 features");
        }
    }

    @Test
    void allSplitsAreStandardizedWithTheTrainingStatistics() throws IOException {
        try (DataSplits splits = splits(data(1, 0, 2), data(1, 1, 3), data(1, 5, 1))) {
            splits.standardize();
            assertThat(splits.training().values().toArray()).containsExactly(-1, 1);
            assertThat(Objects.requireNonNull(splits.validation()).values().toArray()).containsExactly(0, 2);
            assertThat(splits.test().values().toArray()).containsExactly(4, 0);
        }
    }

    @Test
    void badTestValueLeavesTheTrainingPartUnchanged() {
        try (DataSplits splits = splits(data(1, 0, 2), null, data(1, 5, Float.NaN))) {
            assertThatThrownBy(splits::standardize).isInstanceOf(DatasetException.class);
            assertThat(splits.training().values().toArray()).containsExactly(0, 2);
        }
    }

    private static DataSplits splits(Dataset training, @Nullable Dataset validation, Dataset test) {
        return new DataSplits("test", training, validation, test, new DataSource("test", null, "made up"), "");
    }

    private static Dataset data(int features, float... values) {
        return new Dataset("test", FloatArray.copyOf(values, "test"),
                IntArray.allocate(values.length / features, "test"), features, 1);
    }
}
