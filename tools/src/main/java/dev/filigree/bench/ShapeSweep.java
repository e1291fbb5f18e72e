package dev.filigree.bench;

import java.util.List;

/**
 * All densities of one shape.
 *
 * @param shape of the layer
 * @param points one per density, rising
 */
public record ShapeSweep(Shape shape, List<SweepPoint> points) {
    /** Where the sparse layer becomes slower than the dense one. */
    public BreakEven breakEven(Pass pass) {
        return BreakEven.between(points.stream().mapToDouble(SweepPoint::density).toArray(),
                points.stream().mapToDouble(point -> point.speedUp(pass)).toArray());
    }
}
