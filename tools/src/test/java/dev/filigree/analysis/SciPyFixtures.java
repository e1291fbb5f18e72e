package dev.filigree.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Tables written by make_fixtures.py. */
final class SciPyFixtures {
    private SciPyFixtures() {}

    static double[][] read(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SciPyFixtures.class.getResourceAsStream(name), name),
                StandardCharsets.US_ASCII))) {
            return lines.lines().map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .toArray(double[][]::new);
        }
    }
}
