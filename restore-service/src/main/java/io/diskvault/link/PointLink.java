package io.diskvault.link;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.link.LinkCommand.CreateLink;
import io.diskvault.link.LinkCommand.RevokeLink;
import io.diskvault.link.LinkCommand.UseLink;
import io.diskvault.link.LinkEvent.LinkCreated;
import io.diskvault.link.LinkEvent.LinkRevoked;
import io.diskvault.link.LinkEvent.LinkUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A link is made once, revoked at most once, and never changes what it leads to, or until when.
@AggregateRoot(type = "PointLink")
final class PointLink {
    /// A further use from the same address within this time is not recorded: a download in a thousand ranges is one.
    static final Duration USE_RESOLUTION = Duration.ofHours(1);

    /// More than any honest use needs. It bounds what somebody with many addresses can write into the history, and ends
    /// a link that got around.
    static final int ADDRESSES_MAX = 100;

    @AggregateIdentifier
    @JsonProperty
    private @Nullable LinkId id;

    @JsonProperty
    private @Nullable String hash;

    @JsonProperty
    private Instant expiresAt = Instant.MIN;

    @JsonProperty
    private boolean revoked;

    @JsonProperty
    private final Map<String, Instant> lastUses = new HashMap<>();

    PointLink() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateLink command) {
        if (hash != null && (revoked || !hash.equals(command.hash()))) {
            throw new CommandRejected(
                    LinkRejection.LINK_EXISTS,
                    "A link with the id '%s' was made already."
                            .formatted(command.link().value()));
        }
        if (hash == null) {
            apply(new LinkCreated(
                    command.link(),
                    command.instance(),
                    command.recoveryPoint(),
                    command.kind(),
                    command.format(),
                    command.hash(),
                    command.createdBy(),
                    command.expiresAt(),
                    command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UseLink command) {
        if (id == null || revoked || !command.at().isBefore(expiresAt)) {
            throw LinkRejection.notValid();
        }
        Instant last = lastUses.get(command.address());
        if (last == null && lastUses.size() >= ADDRESSES_MAX) {
            throw new CommandRejected(
                    LinkRejection.TOO_MANY_ADDRESSES,
                    "This link was used from %d addresses already.".formatted(ADDRESSES_MAX));
        }
        if (last == null || !command.at().isBefore(last.plus(USE_RESOLUTION))) {
            apply(new LinkUsed(command.link(), command.address(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RevokeLink command) {
        if (id == null) {
            throw LinkRejection.notFound(command.link().value());
        }
        if (!revoked) {
            apply(new LinkRevoked(command.link(), command.at()));
        }
    }

    @EventSourcingHandler
    void on(LinkCreated event) {
        id = event.link();
        hash = event.hash();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(LinkUsed event) {
        lastUses.put(event.address(), event.at());
    }

    @EventSourcingHandler
    void on(LinkRevoked event) {
        revoked = true;
    }
}
