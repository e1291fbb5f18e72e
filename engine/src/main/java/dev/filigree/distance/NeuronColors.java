package dev.filigree.distance;

import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.random.RandomStreams;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;

/**
 * A number for every neuron of a network that tells where it stands in the wiring: what it is reached from, down to the
 * input neurons, and what it reaches. It does not change when hidden neurons are renamed, and two neurons of a layer have
 * the same one only if the wiring around them is alike, up to chance of the order of 2^-64.
 *
 * <p>One round of color refinement forward, from the input neurons by their own numbers, and one back from the output
 * neurons. Source: B. Weisfeiler and A. Leman, "A reduction of a graph to a canonical form and an algebra arising during
 * this reduction", 1968.
 */
final class NeuronColors {
    private static final long INPUT = 0x9E3779B97F4A7C15L;
    private static final long UPWARD = 0xD1B54A32D192ED03L;
    private static final long OUTPUT = 0x8CB92BA72F3D8DD7L;

    private final long[][] colors;

    private NeuronColors(long[][] colors) {
        this.colors = colors;
    }

    /**
     * Of all neurons but the input neurons.
     *
     * @param outputNeurons pinned ones are known by their numbers
     */
    static NeuronColors of(NetworkTopology network, OutputNeurons outputNeurons) {
        int depth = network.depth();
        long[][] colors = new long[depth][];
        long[] below = new long[network.layer(0).inputs()];
        for (int s = 0; s < below.length; s++) {
            below[s] = RandomStreams.mix(INPUT + s);
        }
        for (int l = 0; l < depth; l++) {
            colors[l] = forward(network.layer(l), below);
            below = colors[l];
        }
        if (outputNeurons == OutputNeurons.PINNED) {
            long[] last = colors[depth - 1];
            for (int i = 0; i < last.length; i++) {
                last[i] = RandomStreams.mix(last[i] ^ RandomStreams.mix(OUTPUT + i));
            }
        }
        for (int l = depth - 1; l > 0; l--) {
            backward(network.layer(l), colors[l], colors[l - 1]);
        }
        return new NeuronColors(colors);
    }

    /** The colors of a layer's output neurons; not a copy. */
    long[] layer(int layer) {
        return colors[layer];
    }

    /** Colors of output neurons from those of the input neurons. */
    static long[] forward(LayerTopology layer, long[] below) {
        long[] colors = new long[layer.outputs()];
        long sources = layer.sources().address();
        for (int i = 0; i < colors.length; i++) {
            // A sum, for the order of the neurons below says nothing.
            long sum = layer.fanIn(i);
            long end = sources + 4 * layer.rowStart(i + 1);
            for (long k = sources + 4 * layer.rowStart(i); k < end; k += 4) {
                sum += RandomStreams.mix(below[getInt(k)]);
            }
            colors[i] = RandomStreams.mix(sum);
        }
        return colors;
    }

    private static void backward(LayerTopology layer, long[] above, long[] below) {
        long[] sums = new long[below.length];
        long sources = layer.sources().address();
        for (int i = 0; i < above.length; i++) {
            long color = RandomStreams.mix(above[i] ^ UPWARD);
            long end = sources + 4 * layer.rowStart(i + 1);
            for (long k = sources + 4 * layer.rowStart(i); k < end; k += 4) {
                sums[getInt(k)] += color;
            }
        }
        for (int s = 0; s < below.length; s++) {
            below[s] = RandomStreams.mix(below[s] ^ RandomStreams.mix(sums[s]));
        }
    }
}
