package dev.filigree.cli.run;

import dev.filigree.training.EpochReport;
import dev.filigree.training.Evaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has achieved.
 *
 * @param epochs that were done
 * @param network directory of the last saved network, relative to the run
 * @param testAccuracy after the last epoch
 * @param testLoss after the last epoch
 * @param bestTestAccuracy after any epoch
 * @param bestEpoch the first with it
 * @param validationAccuracy after the last epoch; null without validation samples
 * @param seconds wall-clock time of all epochs
 * @param secondsPerEpoch median over the epochs after the first, training alone, without evaluation; the first epoch's if
 *        there is no other
 * @param connections at the end
 * @param peakMemoryBytes most memory the process has held at once; null where the system does not tell
 */
public record RunResults(int epochs, String network, double testAccuracy, double testLoss, double bestTestAccuracy,
        int bestEpoch, @Nullable Double validationAccuracy, double seconds, double secondsPerEpoch, long connections,
        @Nullable Long peakMemoryBytes) {
    /**
     * Sums up.
     *
     * @param history one or more epochs, each evaluated on the test set
     */
    public static RunResults of(List<EpochReport> history, String network, @Nullable Long peakMemoryBytes) {
        EpochReport last = history.getLast();
        EpochReport best = history.getFirst();
        for (EpochReport report : history) {
            if (test(report).accuracy() > test(best).accuracy()) {
                best = report;
            }
        }
        Evaluation validation = last.validation();
        double[] training = history.stream().skip(history.size() == 1 ? 0 : 1)
                .mapToDouble(report -> report.times().training()).sorted().toArray();
        int middle = training.length / 2;
        double median = training.length % 2 == 1 ? training[middle] : (training[middle - 1] + training[middle]) / 2;
        return new RunResults(last.epoch(), network, test(last).accuracy(), test(last).loss(), test(best).accuracy(),
                best.epoch(), validation == null ? null : validation.accuracy(),
                history.stream().mapToDouble(EpochReport::seconds).sum(), median,
                last.connections().stream().mapToLong(Long::longValue).sum(), peakMemoryBytes);
    }

    private static Evaluation test(EpochReport report) {
        Evaluation test = report.test();
        if (test == null) {
            throw new IllegalArgumentException("epoch %d was not evaluated on a test set".formatted(report.epoch()));
        }
        return test;
    }
}
