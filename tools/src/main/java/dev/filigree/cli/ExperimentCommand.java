package dev.filigree.cli;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentRun;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.study.ExperimentCatalogue;
import dev.filigree.cli.text.MovingLine;
import dev.filigree.cli.train.OptionCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reruns a study of the field. */
@Command(name = "experiment", sortOptions = false, abbreviateSynopsis = true, //
        description = {
                "Reruns a study of the field: trains many networks and writes a report with figures and tables.%n", //
                "NAME is one of", //
                "  similar-starts      ten almost equal networks: how far SET leads them apart", //
                "  independent-starts  networks from different and from equal starts: do they", //
                "                      become one?", //
                "  accuracy-table      MNIST and Fashion-MNIST at 99 %% sparsity, beside", //
                "                      published results", //
                "  density-sweep       accuracy against density", //
                "  winning-tickets     the topology that SET has found, trained again from", //
                "                      fresh weights", //
                "  features            which pixels SET connects to; features selected by node", //
                "                      strength from the files in --data-dir: madelon.npz,", //
                "                      isolet.npz, coil20.npz, pcmac.libsvm", //
                "%nA finished training is never repeated: the same command goes on where it was interrupted.%n"}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree experiment similar-starts --quick", //
                "  filigree experiment density-sweep --data mnist --seeds 5"})
final class ExperimentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The experiment.")
    private String name;

    @Option(names = "--quick", description = "Small networks and few epochs: a minute or two. The conclusions need the "
            + "full sizes.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "DIR", //
            description = "The directory of the experiment (default: experiments/NAME, or NAME-quick).")
    private @Nullable Path out;

    @Option(names = "--seeds", paramLabel = "N", //
            description = "Repeat everything with the seeds 1 to N; of similar-starts, the number of networks.")
    private @Nullable Integer seeds;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of every training.")
    private @Nullable Integer epochs;

    @Option(names = "--methods", paramLabel = "M", split = ",", splitSynopsisLabel = ",", //
            description = "Of accuracy-table and density-sweep, these methods alone (default: all that it compares).")
    private List<String> methods = List.of();

    @Option(names = "--data", paramLabel = "NAME|FILE", //
            description = "Another data set than the experiment's own.")
    private @Nullable String data;

    @Option(names = "--data-dir", paramLabel = "DIR", //
            description = "The folder with its files, instead of the usual places.")
    private @Nullable Path dataDirectory;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        // Java2D would otherwise connect to a screen where DISPLAY is set, and fail if it cannot.
        System.setProperty("java.awt.headless", "true");
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.requireOneOf("NAME", name, ExperimentCatalogue.names());
        check.requireThreads(threads);
        check.requirePositive("--seeds", seeds == null ? 1 : seeds);
        check.requirePositive("--epochs", epochs == null ? 1 : epochs);
        check.require(methods.isEmpty() || ExperimentCatalogue.comparesMethods(name), "--methods",
                String.join(",", methods), "none beside " + name + ", which does not compare methods");
        methods.forEach(method -> check.requireOneOf("--methods", method, ExperimentCatalogue.methods()));
        ExperimentSettings settings = new ExperimentSettings(quick, seeds, epochs, data, methods, dataDirectory);
        Path directory = out == null ? Path.of("experiments", name + (quick ? "-quick" : "")) : out;
        Experiment experiment = ExperimentCatalogue.of(name, settings);
        PrintWriter text = spec.commandLine().getOut();
        new ExperimentRun(experiment, "filigree experiment " + name + settings.options(), directory, threads, text,
                MovingLine.isTerminal()).run();
        text.printf("%nReport   %s%n", directory.resolve("report.md"));
        text.flush();
        return 0;
    }
}
