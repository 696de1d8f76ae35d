package io.diskvault.web;

/// Texts of any length and content, made to fit a column: a row that cannot be written would hold up all later events
/// of its job. The event keeps the whole text.
public final class ColumnText {
    private static final String CUT = " … (cut)";

    private ColumnText() {}

    /// @param lengthMax of the column, in characters
    public static String of(String text, int lengthMax) {
        // PostgreSQL takes no zero character.
        String clean = text.replace('\0', '?');
        return clean.length() <= lengthMax ? clean : clean.substring(0, lengthMax - CUT.length()) + CUT;
    }
}
