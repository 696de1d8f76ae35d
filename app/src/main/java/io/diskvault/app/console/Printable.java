package io.diskvault.app.console;

/// Text that somebody else wrote, for a terminal: what would move its cursor, colour it or turn its writing around is
/// shown and not done.
public final class Printable {
    private Printable() {}

    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isHarmless(character)) shown.appendCodePoint(character);
            else shown.append("\\u%04x".formatted(character));
        });
        return shown.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
