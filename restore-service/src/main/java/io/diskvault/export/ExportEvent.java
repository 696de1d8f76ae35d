package io.diskvault.export;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
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

    /// What was written to it is being made a recovery point; nobody can connect meanwhile.
    record ExportKeepStarted(ExportId export, JobId job, Instant at) implements ExportEvent {}

    /// Nothing came of that, and the export goes on.
    record ExportKeepEnded(ExportId export, JobId job, Instant at) implements ExportEvent {}

    /// @param endedBy who, or which part of the server
    record ExportEnded(ExportId export, ExportEnd reason, String endedBy, Instant at) implements ExportEvent {}
}
