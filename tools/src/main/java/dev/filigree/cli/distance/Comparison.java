package dev.filigree.cli.distance;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.TieSpread;
import dev.filigree.distance.pairs.DistanceMatrix;
import dev.filigree.distance.pairs.NetworkPair;
import dev.filigree.distance.pairs.PairComparison;
import dev.filigree.distance.pairs.PairDistance;
import dev.filigree.distance.pairs.PairLedger;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for and what was found.
 *
 * @param networks in the order in which the user named them
 * @param against which pairs of them were compared
 * @param method how they were compared
 * @param pairs in the order of the networks
 * @param matrix the same pairs as a matrix, if all were compared
 */
public record Comparison(ComparedNetworks networks, Against against, DistanceMethod method,
        List<ComparedPair> pairs, @Nullable DistanceMatrix matrix) {
    /** Of the sampled matchings: the same for every pair, so that a comparison can be repeated. */
    private static final long SEED = 1;

    private static final double ABOUT_THE_SAME = 0.02;

    /**
     * Compares the networks.
     *
     * @param spreadSamples equally good matchings to sample of every pair; 0 for none
     * @param ceilings whether to compute what unrelated networks score
     */
    public static Comparison of(ComparedNetworks networks, Against against, DistanceMethod method,
            int spreadSamples, boolean ceilings, PairLedger ledger, WorkerPool pool) {
        List<Against.Positions> positions = against.pairs(networks.networks());
        List<NetworkTopology> topologies = networks.topologies();
        DistanceMatrix matrix = null;
        List<PairDistance> distances;
        if (against == Against.ALL) {
            DistanceMatrix all = DistanceMatrix.of(topologies, method, ledger, pool);
            distances = positions.stream().map(pair -> all.pair(pair.a(), pair.b())).toList();
            matrix = all;
        } else {
            distances = PairComparison.of(positions.stream()
                    .map(pair -> new NetworkPair(topologies.get(pair.a()), topologies.get(pair.b()))).toList(),
                    method, ledger, pool);
        }
        CeilingGroups groups = new CeilingGroups(topologies);
        List<ComparedPair> pairs = new ArrayList<>();
        for (int k = 0; k < positions.size(); k++) {
            Against.Positions pair = positions.get(k);
            pairs.add(new ComparedPair(pair.a(), pair.b(), distances.get(k),
                    spreadSamples == 0
                            ? null
                            : TieSpread.of(topologies.get(pair.a()), topologies.get(pair.b()), method.outputNeurons(),
                                    spreadSamples, SEED, pool),
                    ceilings ? groups.ceiling(pair.a(), pair.b(), method, ledger, pool) : null));
        }
        return new Comparison(networks, against, method, List.copyOf(pairs), matrix);
    }

    /** How many pairs a comparison is made of, those of the ceilings included. */
    public static int work(ComparedNetworks networks, Against against, boolean ceilings) {
        List<Against.Positions> pairs = against.pairs(networks.networks());
        return pairs.size() + (ceilings ? new CeilingGroups(networks.topologies()).work(pairs) : 0);
    }

    /** Number of layers of each network. */
    public int depth() {
        return networks.topologies().get(0).depth();
    }

    /** The short name of a network. */
    public String label(int network) {
        return networks.networks().get(network).label();
    }

    /** What was found for two networks, in either order. */
    public Optional<ComparedPair> pair(int a, int b) {
        return pairs.stream().filter(pair -> (pair.a() == a && pair.b() == b) || (pair.a() == b && pair.b() == a))
                .findFirst();
    }

    /** The different ceilings, each with the first pair it belongs to. */
    public List<ComparedPair> ceilings() {
        List<ComparedPair> firsts = new ArrayList<>();
        for (ComparedPair pair : pairs) {
            if (pair.ceiling() != null && firsts.stream().noneMatch(first -> pair.ceiling().equals(first.ceiling()))) {
                firsts.add(pair);
            }
        }
        return firsts;
    }

    /** The mean of the ceilings, if they differ so little that one stands for all. */
    public OptionalDouble commonCeiling() {
        DoubleSummaryStatistics means = pairs.stream().map(ComparedPair::ceiling).filter(Objects::nonNull)
                .mapToDouble(ceiling -> ceiling.mean().mean()).summaryStatistics();
        return means.getCount() > 0 && means.getMax() - means.getMin() <= ABOUT_THE_SAME
                ? OptionalDouble.of(means.getAverage())
                : OptionalDouble.empty();
    }

    /** Largest gap of a layer of any pair. */
    public double largestGap() {
        return pairs.stream().mapToDouble(pair -> pair.distance().largestGap()).max().orElse(0);
    }
}
