package io.diskvault.files;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What an archive had to leave out, to be told at its end.
final class LeftOut {
    private static final int CHARACTERS_MAX = 1 << 20;

    private final StringBuilder lines = new StringBuilder();
    private long further;

    void add(String path, String why) {
        if (lines.length() > CHARACTERS_MAX) {
            further++;
            return;
        }
        lines.append(path.replaceAll("\\p{Cntrl}", "?"))
                .append(": ")
                .append(why)
                .append('\n');
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    byte[] text() {
        String end = further == 0 ? "" : "and %d more\n".formatted(further);
        return ("What Diskvault could not put into this archive:\n\n" + lines + end).getBytes(UTF_8);
    }
}
