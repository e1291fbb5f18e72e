package dev.filigree.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A table of text in aligned columns. */
public final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("[-0-9.,]+( ?[%KMGi]*B?)?");

    private final List<String[]> rows = new ArrayList<>();

    /** A table with these headings. */
    public TextTable(String... header) {
        rows.add(header);
    }

    /** Adds a row of as many cells as the header. */
    public void add(String... cells) {
        rows.add(cells);
    }

    /** Prints it: numbers stand to the right, like their headings; everything else to the left. */
    public void print(PrintWriter out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            numeric[c] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r)[c];
                widths[c] = Math.max(widths[c], cell.length());
                numeric[c] &= r == 0 || NUMBER.matcher(cell).matches();
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String padding = " ".repeat(widths[c] - row[c].length());
                line.append(numeric[c] ? padding + row[c] : row[c] + padding).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
