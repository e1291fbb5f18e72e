package dev.filigree.cli.evaluate;

import dev.filigree.datasets.Dataset;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.training.Evaluation;
import dev.filigree.training.Evaluator;
import dev.filigree.training.Samples;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * How a network does on a data set.
 *
 * @param samples how many
 * @param loss mean per sample
 * @param accuracy share of the samples classified as labelled
 * @param classes the same for the samples of each class
 */
public record NetworkEvaluation(int samples, double loss, double accuracy, List<ClassEvaluation> classes) {
    /**
     * How a network does on the samples of one class.
     *
     * @param label the class
     * @param samples how many, 1 or more
     * @param accuracy share of them classified as this class
     */
    public record ClassEvaluation(int label, int samples, double accuracy) {}

    /** Copies the list. */
    public NetworkEvaluation {
        classes = List.copyOf(classes);
    }

    /**
     * Evaluates.
     *
     * @param batch samples per pass; the one of training gives the bits of training
     */
    public static NetworkEvaluation of(Mlp mlp, Dataset data, Loss loss, int batch, int threads) {
        if (data.features() != mlp.inputs() || data.classes() != mlp.outputs()) {
            throw new IllegalArgumentException("the network has %d inputs and %d outputs, but the data is %s"
                    .formatted(mlp.inputs(), mlp.outputs(), data));
        }
        try (WorkerPool pool = new WorkerPool(threads);
                Propagation propagation = new Propagation(mlp, pool, loss, batch)) {
            Samples all = new Samples(data.values(), data.labels(), data.samples(), data.features());
            Evaluation total = evaluate(propagation, all, batch);
            List<ClassEvaluation> classes = new ArrayList<>();
            int[] perClass = data.samplesPerClass();
            for (int label = 0; label < perClass.length; label++) {
                if (perClass[label] > 0) {
                    classes.add(evaluateClass(label, perClass[label], data, propagation, batch));
                }
            }
            return new NetworkEvaluation(data.samples(), total.loss(), total.accuracy(), classes);
        }
    }

    private static ClassEvaluation evaluateClass(int label, int count, Dataset data, Propagation propagation,
            int batch) {
        int features = data.features();
        long rowBytes = 4L * features;
        try (FloatArray values = FloatArray.allocate((long) count * features, "samples of one class");
                IntArray labels = IntArray.allocate(count, "labels of one class")) {
            MemorySegment source = data.values().segment();
            MemorySegment target = values.segment();
            int next = 0;
            for (int s = 0; s < data.samples(); s++) {
                if (data.label(s) == label) {
                    MemorySegment.copy(source, s * rowBytes, target, next * rowBytes, rowBytes);
                    labels.set(next++, label);
                }
            }
            Samples samples = new Samples(values, labels, count, features);
            return new ClassEvaluation(label, count, evaluate(propagation, samples, batch).accuracy());
        }
    }

    private static Evaluation evaluate(Propagation propagation, Samples samples, int batch) {
        try (Evaluator evaluator = new Evaluator(propagation, samples, batch)) {
            return evaluator.evaluate();
        }
    }
}
