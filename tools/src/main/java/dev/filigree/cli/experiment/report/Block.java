package dev.filigree.cli.experiment.report;

import dev.filigree.plot.Picture;
import java.util.ArrayList;
import java.util.List;

/** A part of a report. In texts, what stands between backticks is code. */
public sealed interface Block {
    /** A heading below the title. */
    record Heading(String text) implements Block {}

    /** A paragraph. */
    record Text(String text) implements Block {}

    /** Lines as typed. */
    record Listing(String text) implements Block {}

    /**
     * A picture.
     *
     * @param name of its files, without ending
     * @param caption says what is to be seen
     */
    record Figure(String name, Picture picture, String caption) implements Block {}

    /**
     * A table: the first column is text, the others are numbers.
     *
     * @param rows each as long as the header
     */
    record Table(List<String> header, List<List<String>> rows) implements Block {
        /** Copies the lists. */
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** Begins a table. */
        public static TableBuilder of(String... header) {
            return new TableBuilder(List.of(header));
        }
    }

    /** Collects rows. */
    final class TableBuilder {
        private final List<String> header;
        private final List<List<String>> rows = new ArrayList<>();

        private TableBuilder(List<String> header) {
            this.header = header;
        }

        /**
         * Adds a row.
         *
         * @throws IllegalArgumentException if it is not as long as the header
         */
        public TableBuilder row(String... cells) {
            return row(List.of(cells));
        }

        /**
         * Adds a row.
         *
         * @throws IllegalArgumentException if it is not as long as the header
         */
        public TableBuilder row(List<String> cells) {
            if (cells.size() != header.size()) {
                throw new IllegalArgumentException(
                        "a row of %d cells below a header of %d".formatted(cells.size(), header.size()));
            }
            rows.add(List.copyOf(cells));
            return this;
        }

        /** The table. */
        public Table build() {
            return new Table(header, rows);
        }
    }
}
