package io.diskvault.command;

import org.axonframework.common.AxonNonTransientException;

/// A command was refused and changed nothing. Sending the same command again gives the same answer until something
/// else has changed.
public final class CommandRejected extends AxonNonTransientException {
    private final transient Rejection rejection;

    /// @param message names the thing and says what was expected
    public CommandRejected(Rejection rejection, String message) {
        super(message);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
