package io.diskvault.command;

import jakarta.inject.Singleton;
import java.util.Objects;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/// The way for commands from outside the aggregates: from requests, workers and wake-ups.
///
/// Two nodes may decide on one stream at the same time; the event store lets one of them through. The other is sent
/// again here and decides on what has happened meanwhile, so callers never see such a collision unless it repeats.
@Singleton
public class Commands {
    private static final int ATTEMPTS_MAX = 5;

    private final CommandGateway gateway;

    public Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /// Sends the command and waits until its events are stored.
    ///
    /// @throws CommandRejected if it was refused; nothing has changed then
    public void send(Object command) {
        sendAndWait(command);
    }

    /// Sends a command that is answered.
    ///
    /// @param answer what its handler answers
    /// @throws CommandRejected if it was refused; nothing has changed then
    public <T> T ask(Object command, Class<T> answer) {
        return answer.cast(Objects.requireNonNull(sendAndWait(command)));
    }

    private @Nullable Object sendAndWait(Object command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return gateway.<@Nullable Object>sendAndWait(command);
            } catch (CommandRejected refused) {
                refused.followUp().ifPresent(this::sendAndWait);
                throw refused;
            } catch (AggregateNotFoundException absent) {
                throw GeneralRejection.notFound("such thing as", absent.getAggregateIdentifier());
            } catch (ConcurrencyException | AggregateStreamCreationException collision) {
                if (attempt == ATTEMPTS_MAX) {
                    throw new CommandRejected(
                            GeneralRejection.CONCURRENT_CHANGE, "The same thing was being changed by other requests.");
                }
            }
        }
    }
}
