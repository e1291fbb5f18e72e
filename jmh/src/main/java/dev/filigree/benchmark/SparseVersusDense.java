package dev.filigree.benchmark;

import dev.filigree.dense.DenseBackends;
import dev.filigree.kernel.SparseKernels;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link LayerProductsBenchmark} and prints, per density, how much faster the sparse products are than the
 * dense ones of the same run, and at what share of the dense backend's throughput they work.
 */
public final class SparseVersusDense {
    private SparseVersusDense() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments JMH's own, such as {@code -p density=0.01,0.1 -p neurons=4000 -f 1}
     */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options options = new OptionsBuilder().parent(new CommandLineOptions(arguments))
                .include(LayerProductsBenchmark.class.getSimpleName()).build();
        Collection<RunResult> results = new Runner(options).run();
        Map<String, Map<String, Double>> microseconds = new TreeMap<>();
        for (RunResult result : results) {
            String operands = "%6s neurons, batch %4s, density %6s".formatted(result.getParams().getParam("neurons"),
                    result.getParams().getParam("batch"), result.getParams().getParam("density"));
            microseconds.computeIfAbsent(operands, key -> new TreeMap<>())
                    .put(result.getPrimaryResult().getLabel(),
                            result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        System.out.printf("%n%s against %s, one thread, medians%n", SparseKernels.best().name(),
                DenseBackends.best().description());
        microseconds.forEach((operands, times) -> {
            double density = Double.parseDouble(operands.substring(operands.lastIndexOf(' ') + 1));
            for (String pass : new String[]{"Forward", "Backward"}) {
                double speedUp = times.getOrDefault("dense" + pass, Double.NaN)
                        / times.getOrDefault("sparse" + pass, Double.NaN);
                System.out.printf("%s  %-8s  sparse is %6.2f× as fast as dense; throughput ratio %.2f%n", operands,
                        pass.toLowerCase(Locale.ROOT), speedUp, speedUp * density);
            }
        });
    }
}
