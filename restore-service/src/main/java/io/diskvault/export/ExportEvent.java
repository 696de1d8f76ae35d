package io.diskvault.export;

import io.diskvault.instance.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What happened to an export; stored for ever. That the server stopped and served it again is nothing that happened to
/// it.
public sealed interface ExportEvent {
    ExportId export();

    /// @param name by which the socket has it
    /// @param hash of the secret by which the port has it, if that was asked for
    /// @param createdBy whose right it is that whoever connects makes use of
    record ExportCreated(
            ExportId export,
            InstanceId instance,
            String recoveryPoint,
            boolean writable,
            String name,
            Optional<String> hash,
            Duration idleTime,
            String createdBy,
            Instant at)
            implements ExportEvent {}

    /// @param endedBy who, or which part of the server
    record ExportEnded(ExportId export, ExportEnd reason, String endedBy, Instant at) implements ExportEvent {}
}
