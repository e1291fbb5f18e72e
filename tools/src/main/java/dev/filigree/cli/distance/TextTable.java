package dev.filigree.cli.distance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text in aligned columns. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(header);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /** Numbers stand to the right, like their headings; everything else to the left. */
    void print(PrintWriter out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            numeric[c] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r)[c];
                widths[c] = Math.max(widths[c], cell.length());
                numeric[c] &= r == 0 || cell.matches("[0-9.,]+");
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
