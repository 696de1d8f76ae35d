package io.diskvault.link;

import io.diskvault.instance.InstanceId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a link.
public sealed interface LinkCommand {
    LinkId link();

    /// @param hash of the secret
    /// @param createdBy whose right it is that the link passes on
    record CreateLink(
            @TargetAggregateIdentifier LinkId link,
            InstanceId instance,
            String recoveryPoint,
            LinkKind kind,
            ImageFormat format,
            String hash,
            String createdBy,
            Instant expiresAt,
            Instant at)
            implements LinkCommand {}

    /// @param address who uses it
    record UseLink(@TargetAggregateIdentifier LinkId link, String address, Instant at) implements LinkCommand {}

    record RevokeLink(@TargetAggregateIdentifier LinkId link, Instant at) implements LinkCommand {}
}
