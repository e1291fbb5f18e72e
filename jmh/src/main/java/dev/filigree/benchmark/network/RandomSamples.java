package dev.filigree.benchmark.network;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.training.Samples;
import java.util.SplittableRandom;

/** Samples without meaning: features uniform in [0, 1), labels uniform. */
final class RandomSamples {
    private RandomSamples() {}

    /** Draws samples; the caller closes both arrays. */
    static Samples draw(int count, int features, int classes) {
        SplittableRandom random = new SplittableRandom(1);
        FloatArray values = FloatArray.allocate((long) count * features, "benchmark samples");
        for (long i = 0; i < values.length(); i++) {
            values.set(i, (float) random.nextDouble());
        }
        IntArray labels = IntArray.allocate(count, "benchmark labels");
        for (int i = 0; i < count; i++) {
            labels.set(i, random.nextInt(classes));
        }
        return new Samples(values, labels, count, features);
    }

    /** The numbers below {@code count}, shuffled; the caller closes them. */
    static IntArray order(int count) {
        SplittableRandom random = new SplittableRandom(2);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return IntArray.copyOf(order, "benchmark order");
    }
}
