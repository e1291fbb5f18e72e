package dev.filigree.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The repetitions of one contender's passes, in nanoseconds. */
final class PassSamples {
    private final Map<Pass, List<Double>> nanos = new EnumMap<>(Pass.class);

    void add(Pass pass, double sample) {
        nanos.computeIfAbsent(pass, key -> new ArrayList<>()).add(sample);
    }

    Map<Pass, Spread> spreads() {
        Map<Pass, Spread> spreads = new EnumMap<>(Pass.class);
        nanos.forEach((pass, samples) -> spreads.put(pass, Spread.ofNanos(samples)));
        return spreads;
    }
}
