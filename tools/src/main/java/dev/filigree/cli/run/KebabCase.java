package dev.filigree.cli.run;

import java.util.Locale;

/** Names of constants as options and files spell them. */
final class KebabCase {
    private KebabCase() {}

    /** {@code HE_UNIFORM} as {@code he-uniform}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
