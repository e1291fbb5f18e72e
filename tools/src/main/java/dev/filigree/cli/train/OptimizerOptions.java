package dev.filigree.cli.train;

import dev.filigree.cli.run.TrainingSettings.AdamSettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which optimizer moves the weights, and its numbers. */
final class OptimizerOptions {
    /** The optimizers. */
    enum OptimizerName {
        /** Stochastic gradient descent with momentum. */
        SGD,
        /** Adam, or AdamW with weight decay. */
        ADAM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--optimizer", paramLabel = "OPTIMIZER", converter = OptimizerConverter.class, //
            description = "sgd: stochastic gradient descent with momentum; adam: Adam (Kingma and Ba), which with "
                    + "--weight-decay is AdamW.")
    private OptimizerName optimizer = TrainDefaults.OPTIMIZER;

    @Option(names = "--lr", paramLabel = "RATE", //
            description = "Learning rate at the start; " + TrainDefaults.SGD_LEARNING_RATE + " for sgd and "
                    + TrainDefaults.ADAM_LEARNING_RATE + " for adam if it is not given.")
    private @Nullable Double learningRate;

    @Option(names = "--momentum", paramLabel = "M", //
            description = "Momentum of sgd, at least 0 and below 1; " + TrainDefaults.MOMENTUM
                    + " if it is not given.")
    private @Nullable Double momentum;

    @Option(names = "--nesterov", description = "Nesterov's form of momentum, for sgd.")
    private boolean nesterov;

    @Option(names = "--beta1", paramLabel = "B", //
            description = "Decay of adam's first moment, the mean of the gradient, at least 0 and below 1; "
                    + TrainDefaults.BETA1 + " if it is not given.")
    private @Nullable Double beta1;

    @Option(names = "--beta2", paramLabel = "B", //
            description = "Decay of adam's second moment, the mean of its square, at least 0 and below 1; "
                    + TrainDefaults.BETA2 + " if it is not given.")
    private @Nullable Double beta2;

    @Option(names = "--adam-epsilon", paramLabel = "E", //
            description = "Added to the root of adam's second moment, above 0; " + TrainDefaults.ADAM_EPSILON
                    + " if it is not given.")
    private @Nullable Double adamEpsilon;

    /** Throws unless all options are in range and of the optimizer that was chosen. */
    void check(OptionCheck check) {
        check.requireFloatAboveZero("--lr", learningRate());
        boolean adam = optimizer == OptimizerName.ADAM;
        refuse(check, "--momentum", momentum != null && adam);
        refuse(check, "--nesterov", nesterov && adam);
        refuse(check, "--beta1", beta1 != null && !adam);
        refuse(check, "--beta2", beta2 != null && !adam);
        refuse(check, "--adam-epsilon", adamEpsilon != null && !adam);
        check.requireFraction("--momentum", momentum());
        check.requireFraction("--beta1", orElse(beta1, TrainDefaults.BETA1));
        check.requireFraction("--beta2", orElse(beta2, TrainDefaults.BETA2));
        check.requireFloatAboveZero("--adam-epsilon", orElse(adamEpsilon, TrainDefaults.ADAM_EPSILON));
    }

    private void refuse(OptionCheck check, String option, boolean given) {
        if (given) {
            OptimizerName other = optimizer == OptimizerName.ADAM ? OptimizerName.SGD : OptimizerName.ADAM;
            throw check.error("%s is an option of --optimizer %s, expected none beside --optimizer %s"
                    .formatted(option, other, optimizer));
        }
    }

    double learningRate() {
        return orElse(learningRate, optimizer == OptimizerName.ADAM
                ? TrainDefaults.ADAM_LEARNING_RATE
                : TrainDefaults.SGD_LEARNING_RATE);
    }

    /** 0 with Adam, which has none. */
    double momentum() {
        return orElse(momentum, optimizer == OptimizerName.ADAM ? 0 : TrainDefaults.MOMENTUM);
    }

    boolean nesterov() {
        return nesterov;
    }

    /** Null for SGD. */
    @Nullable
    AdamSettings adam() {
        return optimizer == OptimizerName.SGD
                ? null
                : new AdamSettings(orElse(beta1, TrainDefaults.BETA1), orElse(beta2, TrainDefaults.BETA2),
                        orElse(adamEpsilon, TrainDefaults.ADAM_EPSILON));
    }

    private static double orElse(@Nullable Double given, double otherwise) {
        return given == null ? otherwise : given;
    }

    private static final class OptimizerConverter extends ChoiceConverter<OptimizerName> {
        OptimizerConverter() {
            super(OptimizerName.values());
        }
    }
}
