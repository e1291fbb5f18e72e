package dev.filigree.benchmark;

import dev.filigree.benchmark.distance.RelatedNetworks;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.distance.pairs.DistanceMatrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Warmup;

/** The distance of networks of the NNSTD paper's size. */
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS) // takes long to compile
public class NetworkDistanceBenchmark extends SteadyState {
    /** One pair, all four layers. */
    @Benchmark
    public NetworkDistance pair(RelatedNetworks networks) {
        return networks.pair();
    }

    /** The 45 pairs of ten networks. */
    @Benchmark
    public DistanceMatrix matrix(RelatedNetworks networks) {
        return networks.matrix();
    }
}
