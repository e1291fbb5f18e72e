package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Test accuracy over the epochs, the mean of the runs of each kind. */
final class LearningCurves {
    /** One in so many of the epochs, the first ones. */
    private static final int SHARE_THAT_MAY_BE_CUT = 10;

    /**
     * What one curve stands for.
     *
     * @param runs one or more of the same number of epochs
     */
    record Kind(String name, int color, List<FinishedRun> runs) {}

    private LearningCurves() {}

    /** Draws them. */
    static Chart chart(String title, String subtitle, List<Kind> kinds) {
        List<double[]> curves = kinds.stream().map(kind -> means(kind.runs())).toList();
        int epochs = curves.stream().mapToInt(curve -> curve.length).max().orElseThrow();
        // The first epochs would press all that matters against the upper edge.
        double lowest = curves.stream()
                .mapToDouble(
                        curve -> Arrays.stream(curve).skip(curve.length / SHARE_THAT_MAY_BE_CUT).min().orElseThrow())
                .min().orElseThrow();
        double highest = curves.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        Chart chart = new Chart(title, subtitle, LinearAxis.aroundWhole("epoch", 1, epochs),
                LinearAxis.around("test accuracy, %", lowest, highest));
        for (int k = 0; k < kinds.size(); k++) {
            double[] curve = curves.get(k);
            int first = firstAbove(curve, lowest);
            chart.add(new Curve(kinds.get(k).name(), null,
                    IntStream.rangeClosed(first + 1, curve.length).asDoubleStream().toArray(),
                    Arrays.copyOfRange(curve, first, curve.length),
                    kinds.get(k).color(), Look.LINE));
        }
        return chart;
    }

    /** Where a curve comes to stay on the chart; a line across a gap would show what never was. */
    private static int firstAbove(double[] curve, double lowest) {
        int first = curve.length - 1;
        while (first > 0 && curve[first - 1] >= lowest) {
            first--;
        }
        return first;
    }

    private static double[] means(List<FinishedRun> runs) {
        return IntStream.rangeClosed(1, runs.getFirst().history().size())
                .mapToDouble(epoch -> runs.stream().mapToDouble(run -> run.accuracy(epoch)).average().orElseThrow())
                .toArray();
    }
}
