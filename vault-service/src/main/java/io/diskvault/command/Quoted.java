package io.diskvault.command;

/// A caller's text in a message: short, on one line, in quotes.
public final class Quoted {
    private static final int LENGTH_MAX = 60;

    private Quoted() {}

    public static String of(String text) {
        String start = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
