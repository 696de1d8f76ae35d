package io.diskvault.web.csv;

/// One cell.
final class CsvCell {
    /// What a spreadsheet takes for the beginning of a formula. Names of disks and messages of errors come from people
    /// and files; opening a list must run nothing.
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private CsvCell() {}

    /// A text, in quotation marks where it needs them.
    static String of(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
