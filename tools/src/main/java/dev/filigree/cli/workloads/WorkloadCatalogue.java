package dev.filigree.cli.workloads;

import dev.filigree.cli.run.ActivationChoice;
import dev.filigree.cli.run.NetworkSettings;
import dev.filigree.cli.run.NetworkSettings.Distribution;
import dev.filigree.cli.run.NetworkSettings.FanIn;
import dev.filigree.cli.run.NetworkSettings.Init;
import dev.filigree.cli.run.TopologyChoice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The reference workloads. */
public final class WorkloadCatalogue {
    private static final List<Workload> ALL = all();

    private WorkloadCatalogue() {}

    private static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        all.add(new Workload("W1", DataShape.FASHION_MNIST, network(20, false, 1000, 1000, 1000), 128, 0.01, 0));
        all.add(new Workload("W2", DataShape.CIFAR, network(20, false, 4000, 1000, 4000), 100, 0.005, 0));
        for (String density : List.of("1", "0.5", "0.2", "0.1", "0.05", "0.01", "0.005", "0.001")) {
            double epsilon = OverallDensity.epsilon(Double.parseDouble(density), DataShape.CIFAR.features(), 1024, 512,
                    DataShape.CLASSES);
            all.add(new Workload("W3:" + density, DataShape.CIFAR, network(epsilon, true, 1024, 512), 100, 0.01, 0));
        }
        all.add(new Workload("W4", DataShape.FASHION_MNIST, network(10, false, 20_000, 20_000, 20_000), 128, 0.001,
                0));
        all.add(new Workload("W5", DataShape.FASHION_MNIST, network(5, true, 350_000, 350_000, 350_000), 32, 1e-5,
                20));
        return List.copyOf(all);
    }

    private static NetworkSettings network(double epsilon, boolean sparseOutput, Integer... hidden) {
        return new NetworkSettings(List.of(hidden), epsilon, null, Distribution.UNIFORM, TopologyChoice.ERDOS_RENYI,
                sparseOutput,
                ActivationChoice.parse("leaky-relu:0.1"), 0, Init.HE_UNIFORM, FanIn.TOPOLOGY);
    }

    /** What {@link #select} understands: every workload, and every variant of those that have some. */
    public static List<String> names() {
        return ALL.stream().flatMap(workload -> Stream.of(workload.family(), workload.name())).distinct().toList();
    }

    /**
     * Some of the workloads, in the order of the catalogue.
     *
     * @param names some of {@link #names()}; all workloads if empty
     * @param dense whether the dense network of every shape goes before them, where it is feasible
     */
    public static List<Workload> select(List<String> names, boolean dense) {
        Set<Workload> selected = new LinkedHashSet<>();
        for (Workload workload : ALL) {
            if (names.isEmpty() || names.contains(workload.family()) || names.contains(workload.name())) {
                if (dense && workload.denseIsFeasible()) {
                    selected.add(workload.dense());
                }
                selected.add(workload);
            }
        }
        return List.copyOf(selected);
    }

    /**
     * One workload or its dense counterpart.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Workload named(String name) {
        return select(List.of(), true).stream().filter(workload -> workload.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload '%s', expected one of %s"
                        .formatted(name, String.join(", ", names()))));
    }
}
