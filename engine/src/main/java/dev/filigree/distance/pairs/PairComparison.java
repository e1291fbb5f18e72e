package dev.filigree.distance.pairs;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkComparer;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Compares many pairs of networks, each as {@link NetworkDistance} does. */
public final class PairComparison {
    /** From here on one pair occupies all workers, and several at a time would need their memory several times. */
    private static final int LARGE_LAYER = 20_000;

    private final List<NetworkPair> pairs;
    private final NetworkComparer comparer;
    private final PairLedger ledger;
    private final @Nullable PairDistance[] distances;

    private PairComparison(List<NetworkPair> pairs, DistanceMethod method, PairLedger ledger) {
        this.pairs = pairs;
        comparer = new NetworkComparer(method);
        this.ledger = ledger;
        distances = new PairDistance[pairs.size()];
    }

    /**
     * Compares all pairs that the ledger does not know. One pair per worker at a time; one after the other with all
     * workers where there are fewer pairs than workers, or layers are large.
     *
     * @param pool the result does not depend on its size
     * @return the distances, in the order of the pairs
     * @throws IllegalArgumentException if the networks of a pair cannot be compared
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; the ledger has the pairs
     *     compared until then
     */
    public static List<PairDistance> of(List<NetworkPair> pairs, DistanceMethod method, PairLedger ledger,
            WorkerPool pool) {
        pairs.forEach(pair -> NetworkDistance.checkComparable(pair.a(), pair.b()));
        PairComparison comparison = new PairComparison(List.copyOf(pairs), method, ledger);
        comparison.compare(comparison.unknown(), pool);
        return Arrays.stream(comparison.distances).map(Objects::requireNonNull).toList();
    }

    private List<Integer> unknown() {
        List<Integer> unknown = new ArrayList<>();
        for (int k = 0; k < distances.length; k++) {
            distances[k] = ledger.find(pairs.get(k));
            if (distances[k] == null) {
                unknown.add(k);
            }
        }
        return unknown;
    }

    private void compare(List<Integer> unknown, WorkerPool pool) {
        if (unknown.size() < pool.threads() || pairs.stream().anyMatch(PairComparison::isLarge)) {
            for (int k : unknown) {
                WorkerPool.stopIfInterrupted();
                NetworkPair pair = pairs.get(k);
                done(k, comparer.compare(pair.a(), pair.b(), pool));
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        pool.run(worker -> {
            try (WorkerPool alone = new WorkerPool(1)) {
                for (int n = next.getAndIncrement(); n < unknown.size(); n = next.getAndIncrement()) {
                    WorkerPool.stopIfInterrupted();
                    NetworkPair pair = pairs.get(unknown.get(n));
                    done(unknown.get(n), comparer.compare(pair.a(), pair.b(), alone));
                }
            } catch (RuntimeException | Error e) {
                next.set(unknown.size()); // the others need not go on
                failure.compareAndSet(null, e);
            }
        });
        // Not through the pool, which would wrap it.
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {
            }
        }
    }

    private synchronized void done(int k, NetworkDistance distance) {
        PairDistance kept = PairDistance.of(distance);
        distances[k] = kept;
        ledger.enter(pairs.get(k), kept);
    }

    private static boolean isLarge(NetworkPair pair) {
        return pair.a().layers().stream().mapToInt(LayerTopology::outputs).max().orElse(0) >= LARGE_LAYER;
    }
}
