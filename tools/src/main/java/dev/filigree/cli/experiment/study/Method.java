package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.plot.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Ways of training that experiments compare. */
enum Method {
    /** All connections. */
    DENSE("dense", "--dense", 0),
    /** The connections of the start. */
    STATIC("static", "--evolution static", 1),
    /** Sparse evolutionary training (Mocanu et al., Nature Communications 9, 2018). */
    SET("SET", "--evolution set --zeta 0.3 --regrow zero", 2),
    /** RigL (Evci et al., ICML 2020). */
    RIGL("RigL", "--evolution rigl --zeta 0.3", 3);

    private final String title;
    private final String options;
    private final int color;

    Method(String title, String options, int color) {
        this.title = title;
        this.options = options;
        this.color = Palette.distinct(color, 4);
    }

    /** Those that are asked for; all unless some are named. */
    static List<Method> of(ExperimentSettings settings) {
        return Arrays.stream(values())
                .filter(method -> settings.methods().isEmpty() || settings.methods().contains(method.label()))
                .toList();
    }

    /** As typed. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As written in tables. */
    String title() {
        return title;
    }

    /** Its options of {@code filigree train}, beside those that say how sparse the network is. */
    String options() {
        return options;
    }

    /** How it is drawn. */
    int color() {
        return color;
    }
}
