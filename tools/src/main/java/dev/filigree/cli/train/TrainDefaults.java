package dev.filigree.cli.train;

import dev.filigree.cli.run.ActivationChoice;
import dev.filigree.cli.run.CheckpointSettings;
import dev.filigree.cli.run.DataSettings.Scale;
import dev.filigree.cli.run.EvolutionSettings.Regrow;
import dev.filigree.cli.run.EvolutionSettings.Rule;
import dev.filigree.cli.run.NetworkSettings.Distribution;
import dev.filigree.cli.run.NetworkSettings.FanIn;
import dev.filigree.cli.run.NetworkSettings.Init;
import dev.filigree.cli.run.ScheduleChoice;
import dev.filigree.cli.run.TopologyChoice;
import dev.filigree.cli.run.TrainingSettings.LossName;
import dev.filigree.cli.train.OptimizerOptions.OptimizerName;

/** What {@code filigree train} does if it is told nothing: every default of its options, here and nowhere else. */
final class TrainDefaults {
    static final String DATA = "fashion-mnist";
    static final double VALIDATION = 0;
    static final double TEST_SHARE = 0.2;
    static final Scale SCALE = Scale.STANDARD;

    /** As written on the command line. */
    static final String HIDDEN = "1000,1000,1000";
    static final double EPSILON = 20;
    static final Distribution DISTRIBUTION = Distribution.UNIFORM;
    static final TopologyChoice TOPOLOGY_MODEL = TopologyChoice.ERDOS_RENYI;
    static final ActivationChoice ACTIVATION = ActivationChoice.parse("leaky-relu:0.1");
    static final double DROPOUT = 0;
    static final Init INIT = Init.HE_UNIFORM;
    static final FanIn FAN_IN = FanIn.TOPOLOGY;

    static final LossName LOSS = LossName.CROSS_ENTROPY;
    static final int EPOCHS = 10;
    static final int BATCH = 32;
    static final double SGD_LEARNING_RATE = 0.05;
    static final double ADAM_LEARNING_RATE = 0.001;
    static final ScheduleChoice SCHEDULE = ScheduleChoice.parse("cosine");
    static final double WARMUP = 0;
    static final OptimizerName OPTIMIZER = OptimizerName.SGD;
    static final double MOMENTUM = 0.9;
    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double ADAM_EPSILON = 1e-8;
    static final double WEIGHT_DECAY = 0;
    static final double L2 = 0;

    static final Rule EVOLUTION = Rule.SET;
    static final double ZETA = 0.3;
    static final Regrow REGROW = Regrow.ZERO;
    static final double EVOLVE_FROM = 0;

    /** Of the rules whose updates follow steps. */
    static final int UPDATE_EVERY_STEPS = 100;
    static final double EVOLVE_UNTIL_WITHIN_EPOCHS = 0.75;

    static final int PRUNE_NEURONS_FROM = 1;
    static final int PRUNE_NEURONS_EVERY = 1;

    static final long SEED = 1;
    static final int SNAPSHOT_EVERY = 1;
    static final int CHECKPOINT_EVERY = CheckpointSettings.DEFAULT.everyEpochs();
    static final double CHECKPOINT_MINUTES = CheckpointSettings.DEFAULT.everyMinutes();
    static final double CHECKPOINT_SHARE = CheckpointSettings.DEFAULT.mostShare();
    static final int KEEP_CHECKPOINTS = CheckpointSettings.DEFAULT.keep();

    private TrainDefaults() {}
}
