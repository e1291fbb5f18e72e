package dev.filigree.cli.experiment.study.features;

import dev.filigree.plot.Palette;
import java.util.Locale;

/** Who chooses features. */
enum Chooser {
    /** A network that SET trains. */
    SET("SET", "--evolution set --zeta 0.3 --regrow zero", 2),
    /** A network with as many connections that stay where they are. */
    STATIC("static", "--evolution static", 1),
    /** Chance. */
    RANDOM("random", "", 4);

    private final String title;
    private final String options;
    private final int color;

    Chooser(String title, String options, int color) {
        this.title = title;
        this.options = options;
        // The colours that the methods have in the other studies; the dense network's is left out.
        this.color = Palette.distinct(color, 5);
    }

    /** As written in tables. */
    String title() {
        return title;
    }

    /** As written in names. */
    String label() {
        return title.toLowerCase(Locale.ROOT);
    }

    /** Options of {@code filigree train} for the network, where one chooses. */
    String options() {
        return options;
    }

    /** How it is drawn. */
    int color() {
        return color;
    }
}
