package dev.filigree.distance;

import dev.filigree.topology.NetworkTopology;

/**
 * Two networks to compare. The order counts: {@code b} is renamed into {@code a}, see {@link NetworkDistance}.
 */
public record NetworkPair(NetworkTopology a, NetworkTopology b) {}
