package dev.filigree.training.checkpoint;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.checkpoint.CheckpointReader;
import dev.filigree.io.checkpoint.CheckpointWriter;
import dev.filigree.io.checkpoint.SectionContent;
import dev.filigree.network.NetworkState;
import dev.filigree.training.EpochState;
import dev.filigree.training.PhaseTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that a training needs to go on to the bit as if it had not stopped. Owns the network's state: closing it
 * closes that.
 *
 * <p>In a file of the format that {@link dev.filigree.io.checkpoint} describes, these are the sections, in this order:
 *
 * <pre>
 * section                       type              content
 * settings                      byte              the settings of the run, as it writes them; UTF-8
 * data_checksum                 byte              what identifies the data; UTF-8
 * position                      int64[6]          seed, epoch (1 for the first), steps done in it, steps of Adam,
 *                                                 samples in these steps, and how many of them were classified right
 * loss_sum                      float64[1]        over these samples
 * rewired                       int64[L]          connections that each of the L layers has lost in these steps
 * seconds                       float64[6]        wall-clock time of these steps; of it feeding, forward, backward,
 *                                                 evolution, evaluation
 * layers                        int64[L·2]        of each layer inputs and outputs
 * layerK.row_starts             int64[outputs+1]  not of a full matrix: where each output neuron's connections begin, and
 *                                                 their number n
 * layerK.sources                int32[n]          not of a full matrix: input neuron of each connection, ascending
 *                                                 within each output neuron
 * layerK.weights                float32[n]        in this order; of a full matrix n = outputs·inputs
 * layerK.bias                   float32[outputs]
 * layerK.activation             float32[outputs·p]  where it learns p parameters for each output neuron
 * layerK.weights.first_moment   float32           SGD's velocity or Adam's first moment, one for each weight; likewise
 *                                                 of bias and activation
 * layerK.weights.second_moment  float32           Adam's, and likewise
 * </pre>
 *
 * <p>The sections of a layer come as weights, bias and activation, each followed by its moments. Everything random
 * follows from seed, epoch and step, so there are no other generators to be saved.
 *
 * @param settings of the run, for whoever continues it; not looked into here
 * @param dataChecksum what identifies the data; not looked into here
 * @param epoch where the training stands
 * @param network what it has learned
 */
public record Checkpoint(String settings, String dataChecksum, EpochState epoch, NetworkState network)
        implements
            AutoCloseable {
    /** More than any network has, and few enough for the heap. */
    private static final int MOST_LAYERS = 1 << 16;

    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if they are of different numbers of layers
     */
    public Checkpoint {
        if (epoch.rewired().size() != network.layers().size()) {
            throw new IllegalArgumentException("%d layers, but %d numbers of rewired connections"
                    .formatted(network.layers().size(), epoch.rewired().size()));
        }
    }

    /**
     * Writes a file that is complete or not there.
     *
     * @param file in a directory that exists
     * @return its size in bytes
     * @throws IOException if the disk is full or fails; what had this name before stays as it was
     */
    public long write(Path file) throws IOException {
        List<SectionContent> sections = new ArrayList<>();
        PhaseTimes times = epoch.times();
        sections.add(SectionContent.of("settings", settings));
        sections.add(SectionContent.of("data_checksum", dataChecksum));
        sections.add(SectionContent.of("position", epoch.seed(), epoch.epoch(), epoch.step(), network.adamSteps(),
                epoch.samples(), epoch.correct()));
        sections.add(SectionContent.of("loss_sum", epoch.lossSum()));
        sections.add(SectionContent.of("rewired", epoch.rewired().stream().mapToLong(Long::longValue).toArray()));
        sections.add(SectionContent.of("seconds", epoch.seconds(), times.feed(), times.forward(), times.backward(),
                times.evolution(), times.evaluation()));
        sections.add(SectionContent.of("layers", network.layers().stream()
                .flatMapToLong(layer -> Arrays.stream(new long[]{layer.inputs(), layer.outputs()})).toArray()));
        for (int l = 0; l < network.layers().size(); l++) {
            LayerSections.add(l, network.layers().get(l), sections);
        }
        return CheckpointWriter.write(file, sections);
    }

    /**
     * Reads a file.
     *
     * @return the checkpoint, owned by the caller
     * @throws FileFormatException if it is damaged or no checkpoint of a training
     */
    public static Checkpoint read(Path file) throws IOException {
        try (CheckpointReader in = CheckpointReader.open(file)) {
            try {
                return read(in);
            } catch (IllegalArgumentException e) {
                // The parts check themselves.
                throw new FileFormatException(file, "is no checkpoint of a training: " + e.getMessage(), e);
            }
        }
    }

    private static Checkpoint read(CheckpointReader in) throws IOException {
        String settings = in.readText("settings");
        String checksum = in.readText("data_checksum");
        long[] position = in.readLongs("position", 6);
        long layers = in.count("rewired");
        if (layers < 1 || layers > MOST_LAYERS) {
            throw new IllegalArgumentException("%,d layers, expected 1 to %,d".formatted(layers, MOST_LAYERS));
        }
        double[] seconds = in.readDoubles("seconds", 6);
        EpochState epoch = new EpochState(position[0], integer(position[1]), integer(position[2]),
                in.readDoubles("loss_sum", 1)[0], position[5], position[4],
                Arrays.stream(in.readLongs("rewired", layers)).boxed().toList(), seconds[0],
                new PhaseTimes(seconds[1], seconds[2], seconds[3], seconds[4], seconds[5]));
        NetworkState network = LayerSections.read(in, in.readLongs("layers", 2 * layers), position[3]);
        try {
            return new Checkpoint(settings, checksum, epoch, network);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static int integer(long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("%,d is no epoch or step".formatted(value));
        }
        return (int) value;
    }

    @Override
    public void close() {
        network.close();
    }
}
