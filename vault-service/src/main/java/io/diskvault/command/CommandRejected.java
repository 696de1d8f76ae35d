package io.diskvault.command;

import java.util.Optional;
import org.axonframework.common.AxonNonTransientException;
import org.jspecify.annotations.Nullable;

/// A command was refused and changed nothing. Sending the same command again gives the same answer until something
/// else has changed.
public final class CommandRejected extends AxonNonTransientException {
    private final transient Rejection rejection;
    private final transient @Nullable Object followUp;

    /// @param message names the thing and says what was expected
    public CommandRejected(Rejection rejection, String message) {
        super(message);
        this.rejection = rejection;
        this.followUp = null;
    }

    private CommandRejected(CommandRejected refused, Object followUp) {
        super(String.valueOf(refused.getMessage()));
        this.rejection = refused.rejection;
        this.followUp = followUp;
    }

    /// The same refusal, which is to be recorded: the refused command itself leaves no trace.
    ///
    /// @param command sent by [Commands] before the caller learns of the refusal
    public CommandRejected recordedBy(Object command) {
        return new CommandRejected(this, command);
    }

    public Rejection rejection() {
        return rejection;
    }

    Optional<Object> followUp() {
        return Optional.ofNullable(followUp);
    }
}
