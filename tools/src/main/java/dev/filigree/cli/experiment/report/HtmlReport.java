package dev.filigree.cli.experiment.report;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link Report} in one HTML file that needs no other: figures are inlined as SVG. */
final class HtmlReport {
    private static final String STYLE = """
            body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 60rem; margin: 2rem auto;
                   padding: 0 1rem; color: #222; }
            table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
            th, td { padding: 0.25rem 0.75rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; }
            pre { background: #f4f4f4; padding: 0.75rem; overflow-x: auto; }
            figure { margin: 1.5rem 0; }
            figcaption { color: #555; }
            svg { max-width: 100%; height: auto; }
            """;

    private final Report report;
    private final Path figures;

    /**
     * A report.
     *
     * @param figures the directory with its figures as SVG
     */
    HtmlReport(Report report, Path figures) {
        this.report = report;
        this.figures = figures;
    }

    void write(Path file) throws IOException {
        byte[] content = text().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, out -> out.write(content));
    }

    private String text() throws IOException {
        String title = escape(report.title());
        StringBuilder html = new StringBuilder(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>").append(title)
                .append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<h1>").append(title)
                .append("</h1>\n");
        for (Block block : report.blocks()) {
            html.append(block(block)).append('\n');
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private String block(Block block) throws IOException {
        return switch (block) {
            case Block.Heading heading -> "<h2>" + inline(heading.text()) + "</h2>";
            case Block.Text text -> "<p>" + inline(text.text()) + "</p>";
            case Block.Listing listing -> "<pre>" + escape(listing.text()) + "</pre>";
            case Block.Figure figure -> "<figure>\n" + svg(figure.name()) + "<figcaption>" + inline(figure.caption())
                    + "</figcaption>\n</figure>";
            case Block.Table table -> "<table>\n" + row(table.header(), "th")
                    + table.rows().stream().map(cells -> row(cells, "td")).collect(Collectors.joining())
                    + "</table>";
        };
    }

    private static String row(List<String> cells, String tag) {
        return cells.stream().map(cell -> "<%1$s>%2$s</%1$s>".formatted(tag, inline(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    /** Without the XML declaration, which has no place inside HTML. */
    private String svg(String name) throws IOException {
        return Files.readString(figures.resolve(name + ".svg")).replaceFirst("^<\\?xml[^>]*\\?>\\s*", "");
    }

    private static String inline(String text) {
        return escape(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
