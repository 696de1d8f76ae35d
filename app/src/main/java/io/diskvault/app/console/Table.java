package io.diskvault.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows under headings, each column as wide as its widest cell. A heading that ends in `>` has its cells set right.
public final class Table {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    public void add(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of " + headings.size());
        }
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(column -> cells[column].isEmpty() ? "-" : cells[column])
                .toList());
    }

    /// Prints the table, or `nothing` when it has no rows.
    public void printTo(Terminal terminal, String nothing) {
        if (rows.isEmpty()) terminal.say(nothing);
        else lines().forEach(terminal::say);
    }

    public List<String> lines() {
        List<String> names =
                headings.stream().map(heading -> heading.replace(">", "")).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(names));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(width(column) - cells.get(column).length());
            boolean right = headings.get(column).endsWith(">");
            line.append(column == 0 ? "" : GAP)
                    .append(right ? padding : "")
                    .append(cells.get(column))
                    .append(right ? "" : padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int heading = headings.get(column).replace(">", "").length();
        return rows.stream().mapToInt(row -> row.get(column).length()).reduce(heading, Math::max);
    }
}
