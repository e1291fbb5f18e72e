package dev.filigree.cli.inspect;

import dev.filigree.topology.metrics.LayerMeasures;
import org.jspecify.annotations.Nullable;

/**
 * One layer at one time.
 *
 * @param epoch after which it was saved; null of a network without epochs
 * @param layer 0 at the input side
 * @param measures what was measured
 */
public record MetricsRow(@Nullable Integer epoch, int layer, LayerMeasures measures) {}
