package dev.filigree.cli.distance;

import dev.filigree.distance.TieSpread;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.PairDistance;
import org.jspecify.annotations.Nullable;

/**
 * Two networks that were compared, by position; {@code b} was renamed into {@code a}.
 *
 * @param spread over equally good matchings; null if it was not asked for
 * @param ceiling what unrelated networks like them score; null if it was not asked for
 */
public record ComparedPair(int a, int b, PairDistance distance, @Nullable TieSpread spread,
        @Nullable DistanceCeiling ceiling) {}
