package dev.filigree.cli.experiment.report;

import dev.filigree.cli.files.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report and the tables that come with it as files. */
public final class Report {
    private final String title;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, CsvFile> tables = new LinkedHashMap<>();

    /** An empty report. */
    public Report(String title) {
        this.title = title;
    }

    /** Adds a part. */
    public Report add(Block block) {
        blocks.add(block);
        return this;
    }

    /** Adds a paragraph. */
    public Report text(String text) {
        return add(new Block.Text(text));
    }

    /** Adds a heading. */
    public Report heading(String text) {
        return add(new Block.Heading(text));
    }

    /**
     * Adds a file with numbers.
     *
     * @param name without ending
     */
    public Report table(String name, CsvFile table) {
        tables.put(name, table);
        return this;
    }

    /** What it is about. */
    public String title() {
        return title;
    }

    /** Its parts in order. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /**
     * Writes {@code report.md}, {@code report.html}, the figures as PNG and SVG, and the tables as CSV.
     *
     * @param directory exists
     */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, CsvFile> table : tables.entrySet()) {
            table.getValue().write(directory.resolve(table.getKey() + ".csv"));
        }
        for (Block block : blocks) {
            if (block instanceof Block.Figure figure) {
                figure.picture().write(directory, figure.name());
            }
        }
        // Last: they name the files above.
        new MarkdownReport(this).write(directory.resolve("report.md"));
        new HtmlReport(this, directory).write(directory.resolve("report.html"));
    }

    /** Names of the files with numbers. */
    List<String> tableFiles() {
        return tables.keySet().stream().map(name -> name + ".csv").toList();
    }
}
