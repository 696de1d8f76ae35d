package io.diskvault.engine.nbd;

import java.io.IOException;

/// Says that a server could not do what it was asked for. The connection is as good as before.
final class ServerError extends IOException {

    private static final int MESSAGE_CHARACTERS_MAX = 300;

    /// @param message what the server said; anything
    ServerError(int error, String message) {
        super(text(error) + (message.isEmpty() ? "" : ": " + printable(message)));
    }

    private static String text(int error) {
        return switch (error) {
            case Nbd.EPERM -> "not permitted";
            case Nbd.EIO -> "input/output error";
            case Nbd.EINVAL -> "not valid";
            case Nbd.ENOSPC -> "no space left";
            default -> "error " + error;
        };
    }

    /// Somebody else's words, so that they can stand in a message of ours.
    static String printable(String message) {
        String line = message.replaceAll("\\p{C}", " ").strip();
        return line.length() <= MESSAGE_CHARACTERS_MAX ? line : line.substring(0, MESSAGE_CHARACTERS_MAX) + "…";
    }
}
