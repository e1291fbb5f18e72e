package dev.filigree.benchmark;

import dev.filigree.benchmark.report.FlameGraphs;
import dev.filigree.benchmark.report.Manifest;
import dev.filigree.benchmark.report.Ratios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks, prints how Filigree compares with each peer, and writes JMH's results as JSON beside a manifest of
 * the machine.
 *
 * <p>Takes JMH's options, such as {@code Forward -p density=0.01,0.1 -f 1 -prof gc -rff results.json}, and
 * {@code --flame-graph DIR}. Stops at the first benchmark that fails, as one does whose contenders give different
 * answers, unless {@code -foe false} is given. Exit codes: 0 done, 1 failed, 2 usage.
 */
public final class Suite {
    private static final String RESULTS = "benchmark-results.json";
    private static final String FLAME_GRAPH = "--flame-graph";

    private Suite() {}

    /** Runs the benchmarks that the arguments select, by default all. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(new ArrayList<>(List.of(arguments))));
    }

    private static int run(List<String> arguments) throws IOException {
        try {
            Optional<Path> flameGraphs = takeFlameGraph(arguments);
            String[] rest = arguments.toArray(String[]::new);
            CommandLineOptions jmh = new CommandLineOptions(rest);
            if (jmh.shouldHelp() || jmh.shouldList() || jmh.shouldListWithParams() || jmh.shouldListProfilers()
                    || jmh.shouldListResultFormats()) {
                Main.main(rest);
                return 0;
            }
            benchmark(jmh, flameGraphs);
            return 0;
        } catch (CommandLineOptionException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (NoBenchmarksException e) {
            System.err.println("no benchmark matches; -l lists them all");
            return 2;
        } catch (RunnerException | IOException e) {
            System.err.println(e);
            return 1;
        }
    }

    private static Optional<Path> takeFlameGraph(List<String> arguments) {
        int at = arguments.indexOf(FLAME_GRAPH);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(FLAME_GRAPH + " needs the directory to write to");
        }
        arguments.remove(at);
        return Optional.of(Path.of(arguments.remove(at)));
    }

    private static void benchmark(CommandLineOptions jmh, Optional<Path> flameGraphs)
            throws IOException, RunnerException {
        Manifest manifest = Manifest.current();
        warn(manifest);
        Path results = Path.of(jmh.getResult().orElse(RESULTS));
        ChainedOptionsBuilder options = new OptionsBuilder().parent(jmh).resultFormat(ResultFormatType.JSON)
                .result(results.toString()).shouldFailOnError(jmh.shouldFailOnError().orElse(true));
        if (flameGraphs.isPresent()) {
            options.addProfiler(AsyncProfiler.class, FlameGraphs.into(flameGraphs.get()));
        }
        Collection<RunResult> measured = new Runner(options.build()).run();
        Path machine = results
                .resolveSibling(results.getFileName().toString().replaceFirst("(\\.json)?$", ".machine.json"));
        manifest.write(machine);
        System.out.printf("%nMedians; %s, %s%n", manifest.machine().kernels(), manifest.machine().dense());
        Ratios.of(measured).forEach(System.out::println);
        System.out.printf("%nResults in %s, the machine in %s%n", results, machine);
        if (manifest.onAmd() && measured.stream().anyMatch(Suite::isMkl)) {
            System.out.println("MKL runs slower code on AMD processors than on Intel's: its times are no bar here.");
        }
        warn(manifest);
    }

    private static boolean isMkl(RunResult result) {
        return result.getPrimaryResult().getLabel().endsWith("Mkl");
    }

    private static void warn(Manifest manifest) {
        if (!manifest.distortions().isEmpty()) {
            System.err.printf("""
                    ****************************************************************************************
                    WARNING: the environment sets %s.
                    OpenBLAS does not choose its kernels for this processor then: every ratio against it is
                    worthless. Unset them: env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE java …
                    ****************************************************************************************
                    """, String.join(" ", manifest.distortions()));
        }
    }
}
