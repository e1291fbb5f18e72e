package dev.filigree.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.bench.BreakEven;
import dev.filigree.bench.Ceiling;
import dev.filigree.bench.Pass;
import dev.filigree.bench.ShapeSweep;
import dev.filigree.bench.SweepPoint;
import java.util.Locale;

/** A report as one JSON object. Times are seconds, rates GFLOP/s and GB/s, densities shares. */
public final class BenchJson {
    private final ObjectMapper mapper = new ObjectMapper();
    private final BenchReport report;

    /** Converts a report. */
    public BenchJson(BenchReport report) {
        this.report = report;
    }

    /** The object. */
    public ObjectNode toJson() {
        ObjectNode object = mapper.createObjectNode();
        object.set("machine", mapper.valueToTree(report.machine()));
        object.set("warnings", mapper.valueToTree(report.warnings()));
        object.put("batch", report.settings().batch()).put("threads", report.settings().threads())
                .put("quick", report.settings().quick()).put("tileLanes", report.tileLanes());
        object.set("caches", mapper.valueToTree(report.caches()));
        object.set("roofs", mapper.valueToTree(report.roofs()));
        ArrayNode shapes = object.putArray("shapes");
        report.sweeps().forEach(sweep -> shapes.add(shape(sweep)));
        return object;
    }

    private ObjectNode shape(ShapeSweep sweep) {
        ObjectNode object = mapper.createObjectNode().put("inputs", sweep.shape().inputs()).put("outputs",
                sweep.shape().outputs());
        ObjectNode breakEven = object.putObject("breakEven");
        for (Pass pass : Pass.values()) {
            BreakEven found = sweep.breakEven(pass);
            breakEven.putObject(key(pass)).put("relation", found.relation().name().toLowerCase(Locale.ROOT))
                    .put("density", found.density());
        }
        ArrayNode points = object.putArray("points");
        for (SweepPoint point : sweep.points()) {
            ObjectNode entry = points.addObject().put("density", point.density()).put("connections",
                    point.connections());
            ObjectNode standard = entry.putObject("default").put("products", point.autoDense() ? "dense" : "sparse");
            standard.set("step", mapper.valueToTree(point.auto()));
            put(standard, "overDense", point.autoOverDense());
            for (Pass pass : Pass.values()) {
                entry.set(key(pass), pass(sweep, point, pass));
            }
        }
        return object;
    }

    private ObjectNode pass(ShapeSweep sweep, SweepPoint point, Pass pass) {
        ObjectNode object = mapper.createObjectNode();
        object.set("sparse", mapper.valueToTree(point.sparse(pass)));
        object.set("dense", mapper.valueToTree(point.dense(pass)));
        put(object, "speedUp", point.speedUp(pass));
        put(object, "gflops", point.gflops(pass));
        put(object, "denseGflops", point.denseGflops(pass));
        put(object, "throughputRatio", point.throughputRatio(pass));
        if (pass != Pass.STEP) {
            Ceiling ceiling = Ceiling.of(report.roofs(), sweep.shape(), point.connections(),
                    report.tileLanes(), pass);
            object.put("intensity", ceiling.intensity()).put("roof", ceiling.binding().toLowerCase(Locale.ROOT))
                    .put("roofGflops", ceiling.gflops());
            put(object, "shareOfRoof", point.gflops(pass) / ceiling.gflops());
        }
        return object;
    }

    // JSON has no NaN.
    private static void put(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    private static String key(Pass pass) {
        return pass.name().toLowerCase(Locale.ROOT);
    }
}
