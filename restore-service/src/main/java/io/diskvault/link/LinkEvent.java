package io.diskvault.link;

import io.diskvault.instance.InstanceId;
import java.time.Instant;

/// What happened to a link; stored for ever. One whose time is over, or whose recovery point is gone, has ended without
/// an event of its own.
public sealed interface LinkEvent {
    LinkId link();

    record LinkCreated(
            LinkId link,
            InstanceId instance,
            String recoveryPoint,
            LinkKind kind,
            ImageFormat format,
            String hash,
            String createdBy,
            Instant expiresAt,
            Instant at)
            implements LinkEvent {}

    /// The first use from an address, or the first since a while.
    record LinkUsed(LinkId link, String address, Instant at) implements LinkEvent {}

    record LinkRevoked(LinkId link, Instant at) implements LinkEvent {}
}
