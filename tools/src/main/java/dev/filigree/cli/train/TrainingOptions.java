package dev.filigree.cli.train;

import dev.filigree.cli.run.ScheduleChoice;
import dev.filigree.cli.run.TrainingSettings;
import dev.filigree.cli.run.TrainingSettings.LossName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How parameters are learned. */
public final class TrainingOptions {
    @Option(names = "--loss", paramLabel = "LOSS", converter = LossConverter.class, //
            description = "What is minimized: ${COMPLETION-CANDIDATES}.")
    private LossName loss = TrainDefaults.LOSS;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training samples.")
    private int epochs = TrainDefaults.EPOCHS;

    @Option(names = "--batch", paramLabel = "N", description = "Samples per step.")
    private int batch = TrainDefaults.BATCH;

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(names = "--schedule", paramLabel = "SCHEDULE", converter = ScheduleConverter.class, //
            description = "How the rate falls: constant, cosine (to 0 at the end), linear[:END] (to END of it, 0 if not "
                    + "given) or multi-step:E1,E2,…[xGAMMA], which multiplies it by GAMMA (0.1 if not given) after "
                    + "each of these epochs.")
    private ScheduleChoice schedule = TrainDefaults.SCHEDULE;

    @Option(names = "--warmup", paramLabel = "EPOCHS", //
            description = "Epochs at the start in which the rate rises from 0; fractions are allowed.")
    private double warmup = TrainDefaults.WARMUP;

    @Option(names = "--weight-decay", paramLabel = "D", //
            description = "Decoupled weight decay: the fraction of every weight and bias lost per step, whatever the "
                    + "learning rate, as in the SET authors' code.")
    private double weightDecay = TrainDefaults.WEIGHT_DECAY;

    @Option(names = "--l2", paramLabel = "D", //
            description = "Weight decay as part of the gradient (L2 penalty): D * weight is added to it.")
    private double l2 = TrainDefaults.L2;

    @Option(names = "--clip-norm", paramLabel = "X", //
            description = "Multiplies all gradients of a step by one factor where their norm would be above X. Takes 4 "
                    + "bytes per connection more.")
    private @Nullable Double clipNorm;

    @Option(names = "--clip-value", paramLabel = "X", //
            description = "Limits every gradient by itself to the values from -X to X.")
    private @Nullable Double clipValue;

    /** For picocli. */
    public TrainingOptions() {}

    /** The settings, checked. */
    public TrainingSettings settings(OptionCheck check) {
        check.requirePositive("--epochs", epochs);
        check.requirePositive("--batch", batch);
        optimizer.check(check);
        check.requireNotNegative("--warmup", warmup);
        check.require(warmup <= epochs, "--warmup", warmup,
                "at most as many epochs as --epochs, which is " + epochs);
        check.requireFraction("--weight-decay", weightDecay);
        check.requireNotNegative("--l2", l2);
        if (clipNorm != null) {
            check.requireFloatAboveZero("--clip-norm", clipNorm);
            if (clipValue != null) {
                throw check.error("--clip-norm and --clip-value are given, expected one of them");
            }
        }
        if (clipValue != null) {
            check.requireFloatAboveZero("--clip-value", clipValue);
        }
        return new TrainingSettings(loss, epochs, batch, optimizer.learningRate(), schedule, warmup,
                optimizer.momentum(), optimizer.nesterov(), optimizer.adam(), weightDecay, l2, clipNorm,
                clipValue);
    }

    private static final class LossConverter extends ChoiceConverter<LossName> {
        LossConverter() {
            super(LossName.values());
        }
    }
}
