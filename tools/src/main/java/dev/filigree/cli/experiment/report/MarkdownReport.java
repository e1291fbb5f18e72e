package dev.filigree.cli.experiment.report;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link Report} in Markdown with tables (GitHub Flavored Markdown), beside its figures. */
final class MarkdownReport {
    private final Report report;

    MarkdownReport(Report report) {
        this.report = report;
    }

    void write(Path file) throws IOException {
        AtomicFiles.write(file, out -> out.write(text().getBytes(StandardCharsets.UTF_8)));
    }

    String text() {
        String files = report.tableFiles().isEmpty()
                ? ""
                : report.tableFiles().stream().map("[%1$s](%1$s)"::formatted)
                        .collect(Collectors.joining(", ", "\nThe numbers: ", ".\n"));
        return "# " + report.title() + "\n\n"
                + report.blocks().stream().map(MarkdownReport::block).collect(Collectors.joining("\n")) + files;
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Heading heading -> "## " + heading.text() + "\n";
            case Block.Text text -> text.text() + "\n";
            case Block.Listing listing -> "```\n" + listing.text() + "\n```\n";
            case Block.Figure figure -> "![%s](%s.png)\n\n*%s*\n".formatted(figure.caption().replaceAll("[\\[\\]]", ""),
                    figure.name(), figure.caption());
            case Block.Table table -> table(table);
        };
    }

    private static String table(Block.Table table) {
        String rule = "|---" + "|--:".repeat(table.header().size() - 1) + "|\n";
        return row(table.header()) + rule
                + table.rows().stream().map(MarkdownReport::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
