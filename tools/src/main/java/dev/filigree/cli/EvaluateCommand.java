package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.cli.evaluate.NetworkEvaluation;
import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.Snapshot;
import dev.filigree.cli.train.DataChoice;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.file.FeatureFile;
import dev.filigree.network.Mlp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a saved network on a test set. */
@Command(name = "evaluate", //
        description = "Evaluates the network of a run on the test set: loss, accuracy, and accuracy per class.", //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree evaluate runs/wide", "  filigree evaluate runs/wide --epoch 3",
                "  filigree evaluate runs/wide --data fashion-mnist --json"})
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Option(names = "--epoch", paramLabel = "N", //
            description = "The network after this epoch, 0 for the one before training (default: the last one).")
    private @Nullable Integer epoch;

    @Option(names = "--data", paramLabel = "NAME|FILE", //
            description = "Data set or file (default: the run's). It is scaled by its own training samples.")
    private @Nullable String data;

    @Option(names = "--data-dir", paramLabel = "DIR", //
            description = "The folder with its files (default: the run's, without --data).")
    private @Nullable Path dataDirectory;

    @Option(names = "--features", paramLabel = "FILE", //
            description = "Use these features alone, as with 'filigree train' (default: those of the run).")
    private @Nullable Path features;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.requireThreads(threads);
        check.require(epoch == null || epoch >= 0, "--epoch", String.valueOf(epoch), "0 or more");
        DataChoice choice = data == null ? null : DataChoice.of(check, data, dataDirectory);
        RunDirectory directory = RunDirectory.open(run);
        RunRecord record = directory.read();
        RunSettings settings = record.settings();
        Path network = directory.network(epoch);
        try (DataSplits splits = dataSettings(settings.data(), choice).load(settings.seed());
                Mlp mlp = Snapshot.read(network, settings.network().layers(record.network().inputs(),
                        record.network().outputs()),
                        settings.compute().compute())) {
            warnOfOtherData(splits, record);
            NetworkEvaluation evaluation = NetworkEvaluation.of(mlp, splits.test(), settings.training().loss().loss(),
                    settings.training().batch(), threads);
            print(evaluation, network, splits);
        }
        return 0;
    }

    /** The run's share of validation samples counts too: the standardization is that of the other training samples. */
    private DataSettings dataSettings(DataSettings ofRun, @Nullable DataChoice choice) throws IOException {
        DataSettings chosen = choice == null
                ? ofRun.in(directory(ofRun))
                : new DataSettings(choice.name(), choice.directory(), choice.like(ofRun.file()), ofRun.validation(),
                        ofRun.scale(), ofRun.features());
        return features == null ? chosen : chosen.with(FeatureFile.read(features));
    }

    private @Nullable String directory(DataSettings ofRun) {
        if (dataDirectory != null) {
            return dataDirectory.toString();
        }
        String directory = ofRun.directory();
        // Where the data of the run has moved, the usual places may have it, and its checksum is compared.
        return directory == null || Files.isDirectory(Path.of(directory)) ? directory : null;
    }

    private void warnOfOtherData(DataSplits splits, RunRecord record) {
        if (!splits.sha256().equals(record.data().sha256())) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf("filigree: WARNING: the run was trained on other data (%s, SHA-256 %s…) than %s (SHA-256 %s…)%n",
                    record.data().name(), abbreviate(record.data().sha256()), splits.name(),
                    abbreviate(splits.sha256()));
            err.flush();
        }
    }

    private static String abbreviate(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    private void print(NetworkEvaluation evaluation, Path network, DataSplits splits) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode object = mapper.createObjectNode().put("network", network.toString()).put("data",
                    splits.name()).put("sha256", splits.sha256());
            object.setAll((ObjectNode) mapper.valueToTree(evaluation));
            out.println(mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object));
        } else {
            out.printf("Network  %s%n", network);
            out.printf("Data     %s%n", splits.source().sentence());
            out.printf(Locale.ROOT, "Test     loss %.4f, accuracy %.2f %% of %,d samples%n%n", evaluation.loss(),
                    100 * evaluation.accuracy(), evaluation.samples());
            out.println("class  samples  accuracy");
            for (NetworkEvaluation.ClassEvaluation of : evaluation.classes()) {
                out.printf(Locale.ROOT, "%5d  %,7d  %6.2f %%%n", of.label(), of.samples(), 100 * of.accuracy());
            }
        }
        out.flush();
    }
}
