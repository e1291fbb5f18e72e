package dev.filigree.bench.growth;

import dev.filigree.topology.LayerTopology;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes a layer that resembles another one. */
public final class RelatedLayer {
    private RelatedLayer() {}

    /**
     * The same layer with a share of its connections moved to random inputs.
     *
     * @param moved share of the connections, in [0, 1]
     */
    public static LayerTopology moved(LayerTopology layer, double moved, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] incoming = new int[layer.outputs()][];
        for (int j = 0; j < incoming.length; j++) {
            int[] sources = new int[layer.fanIn(j)];
            int count = 0;
            for (long k = layer.rowStart(j); k < layer.rowStart(j + 1); k++) {
                if (random.nextDouble() >= moved) {
                    sources[count++] = layer.source(k);
                }
            }
            while (count < sources.length) {
                int source = random.nextInt(layer.inputs());
                int chosen = count;
                if (Arrays.stream(sources, 0, chosen).noneMatch(other -> other == source)) {
                    sources[count++] = source;
                }
            }
            Arrays.sort(sources);
            incoming[j] = sources;
        }
        return LayerTopology.of(layer.inputs(), incoming);
    }

    /** The same layer with its output neurons in another order. */
    public static LayerTopology shuffled(LayerTopology layer, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] incoming = new int[layer.outputs()][];
        for (int j = 0; j < incoming.length; j++) {
            incoming[j] = new int[layer.fanIn(j)];
            for (int k = 0; k < incoming[j].length; k++) {
                incoming[j][k] = layer.source(layer.rowStart(j) + k);
            }
        }
        for (int j = incoming.length - 1; j > 0; j--) {
            int other = random.nextInt(j + 1);
            int[] swapped = incoming[j];
            incoming[j] = incoming[other];
            incoming[other] = swapped;
        }
        return LayerTopology.of(layer.inputs(), incoming);
    }
}
