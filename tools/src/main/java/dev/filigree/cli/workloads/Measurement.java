package dev.filigree.cli.workloads;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one process has measured of one workload.
 *
 * @param workload its name
 * @param threads workers
 * @param data where the samples come from
 * @param samples training samples used
 * @param unit what the seconds are of: {@code epoch} or {@code step}
 * @param firstSeconds of the first epoch or step, which pays the compilation
 * @param seconds of one epoch or step, median of all after the first
 * @param evolutionShare of the time of the epochs after the first that rewire; null where none does
 * @param feedAndEvaluationShare of the time of the epochs or steps after the first
 * @param peakMemoryBytes most memory the process has held at once, data included; null where the system does not tell
 * @param dataBytes of that, samples
 * @param connections at the end
 * @param networkBytes of parameters, structure and training state, off the heap
 * @param firstLoss mean training loss of the first epoch or step
 * @param lastLoss mean training loss of the last epoch or step
 */
public record Measurement(String workload, int threads, String data, int samples, String unit, double firstSeconds,
        double seconds, @Nullable Double evolutionShare, double feedAndEvaluationShare, @Nullable Long peakMemoryBytes,
        long dataBytes, long connections, long networkBytes, double firstLoss, double lastLoss) {

    /** Off-heap bytes of the network per connection. */
    public double bytesPerConnection() {
        return (double) networkBytes / connections;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
