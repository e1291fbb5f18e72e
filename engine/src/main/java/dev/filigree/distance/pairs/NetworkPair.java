package dev.filigree.distance.pairs;

import dev.filigree.distance.NetworkDistance;
import dev.filigree.topology.NetworkTopology;

/**
 * Two networks to compare. The order counts: {@code b} is renamed into {@code a}, see {@link NetworkDistance}.
 */
public record NetworkPair(NetworkTopology a, NetworkTopology b) {}
