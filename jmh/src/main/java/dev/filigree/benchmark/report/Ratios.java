package dev.filigree.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * How {@code filigree} compares with each peer of the same benchmark on the same operands, by the median times of one
 * run. The throughput ratio compares work per time: a dense peer does {@code 1/density} times as much of it.
 */
public final class Ratios {
    private static final String FILIGREE = "filigree";

    private Ratios() {}

    /** A heading per operand set, and a line per contender. */
    public static List<String> of(Collection<RunResult> results) {
        Map<String, List<RunResult>> byOperands = results.stream()
                .collect(Collectors.groupingBy(Ratios::operands, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        byOperands.forEach((operands, contenders) -> {
            lines.add(operands);
            Optional<RunResult> filigree = contenders.stream().filter(each -> contender(each).equals(FILIGREE))
                    .findFirst();
            for (RunResult each : contenders) {
                lines.add("  %-16s %12.1f %s".formatted(contender(each), median(each),
                        each.getPrimaryResult().getScoreUnit())
                        + filigree.filter(own -> !contender(each).equals(FILIGREE))
                                .map(own -> "  " + against(own, each)).orElse(""));
            }
        });
        return lines;
    }

    private static String against(RunResult filigree, RunResult peer) {
        double speedUp = median(peer) / median(filigree);
        String times = String.format(Locale.ROOT, "filigree is %.2f× as fast", speedUp);
        String density = peer.getParams().getParam("density");
        if (!contender(peer).startsWith("dense")) {
            return times;
        }
        return density == null
                ? times
                : String.format(Locale.ROOT, "%s, throughput ratio %.2f", times,
                        speedUp * Double.parseDouble(density));
    }

    // Peers that need further libraries have classes of their own, of the same simple name.
    private static String operands(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] name = params.getBenchmark().split("\\.");
        return name[name.length - 2].replace("Benchmark", "")
                + params.getParamsKeys().stream().sorted().map(key -> ", " + key + " " + params.getParam(key))
                        .collect(Collectors.joining());
    }

    private static String contender(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
