package dev.filigree.cli.bench;

import dev.filigree.bench.ShapeSweep;
import dev.filigree.bench.SweepSettings;
import dev.filigree.bench.roof.CacheSizes;
import dev.filigree.bench.roof.Roofs;
import dev.filigree.cli.run.MachineFacts;
import java.util.List;

/**
 * Everything a run found out.
 *
 * @param machine it ran on
 * @param caches of the machine
 * @param tileLanes samples per tile of the sparse kernels
 * @param settings what was timed
 * @param warnings why the figures are not to be trusted
 * @param roofs of the machine
 * @param sweeps one per shape
 */
public record BenchReport(MachineFacts machine, CacheSizes caches, int tileLanes, SweepSettings settings,
        List<String> warnings, Roofs roofs, List<ShapeSweep> sweeps) {}
