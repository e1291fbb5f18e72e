package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.bench.BreakEven;
import dev.filigree.bench.Calibration;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.text.MovingLine;
import dev.filigree.cli.train.InterruptedRunException;
import dev.filigree.cli.train.Resumption;
import dev.filigree.cli.train.TrainOptions;
import dev.filigree.cli.train.TrainText;
import dev.filigree.cli.train.TrainingSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network and saves the run. */
@Command(name = "train", showDefaultValues = true, sortOptions = false, abbreviateSynopsis = true, //
        description = "Trains a sparse (or dense) network and saves the run: settings, history and the network after "
                + "every epoch. Ctrl-C ends the step and saves where it stands, for --resume; a second one ends it at "
                + "once.%nWithout options: a sparse network on Fashion-MNIST, or on the bundled sample of it.%n", //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree train", //
                "  filigree train --data fashion-mnist-sample --epochs 2", //
                "  filigree train --data flowers.csv --label-column kind --hidden 100", //
                "  filigree train --hidden 3000,3000 --activation all-relu:0.6 --out runs/wide", //
                "  filigree train --density 0.05,0.05,0.1 --evolution static", //
                "  filigree train --dense --epochs 90 --schedule multi-step:30,60x0.1 --json", //
                "  filigree train --topology runs/wide:5 --evolution static --seed 2", //
                "  filigree train --resume runs/wide", //
                "  filigree train --resume runs/wide --epochs 20"})
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Option(names = "--json", description = "Print the summary as one JSON object on standard output, and everything "
            + "else on standard error.")
    private boolean json;

    @Option(names = "--quiet", description = "Print the summary only.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter text = json ? err : out;
        try (Resumption resumption = options.resumption(spec.commandLine())) {
            RunSettings settings = resumption == null
                    ? options.settings(spec.commandLine())
                    : resumption.settings();
            Path directory = resumption == null ? options.directory(settings) : resumption.directory().path();
            if (resumption == null && options.isMeasured()) {
                settings = calibrated(settings, text);
            }
            TrainingSession session = new TrainingSession(settings, directory, quiet,
                    !json && MovingLine.isTerminal(), text, err).stopOnSignals();
            RunRecord record = resumption == null ? session.run(options.overwrite()) : session.resume(resumption);
            if (json) {
                printJson(record, directory, out);
            } else {
                TrainText.printSummary(record, directory, out);
            }
            return 0;
        } catch (InterruptedRunException e) {
            err.println("filigree: " + e.getMessage());
            err.flush();
            return e.exitCode();
        }
    }

    /** Recorded as a number, so that the run can be repeated to the bit. */
    private RunSettings calibrated(RunSettings settings, PrintWriter text) {
        BreakEven breakEven = Calibration.breakEven(settings.training().batch(), settings.threads());
        if (!quiet) {
            text.printf("dense products above a density of %s, measured on a layer of 1000×1000%n%n", breakEven);
            text.flush();
        }
        return settings.computedBy(settings.compute().denseAbove(breakEven.denseAbove()));
    }

    private static void printJson(RunRecord record, Path directory, PrintWriter out) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode().put("run", directory.toString()).put("status",
                record.status().toString());
        object.setAll((ObjectNode) mapper.valueToTree(record.results()));
        out.println(mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object));
        out.flush();
    }
}
