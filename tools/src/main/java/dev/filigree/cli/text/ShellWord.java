package dev.filigree.cli.text;

import java.util.regex.Pattern;

/** Words of commands that a person may copy into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

    private ShellWord() {}

    /** The text as one word for a POSIX shell: quoted where a blank or another character would mean something there. */
    public static String of(Object text) {
        String word = text.toString();
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
