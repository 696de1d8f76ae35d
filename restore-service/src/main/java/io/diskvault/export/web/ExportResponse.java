package io.diskvault.export.web;

import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportUseRow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An export as it is told.
///
/// @param state Active, Keeping: nobody can connect while a job makes a recovery point of it, or Ended
/// @param name by which clients ask for it at the socket
/// @param transport `unix`: at the socket; `tcp`: at the port of links, too
/// @param uri at the socket, on the server's machine; null when it has ended
/// @param tcpUri at the port, with its secret: only in the answer to the request that made the export
/// @param connections how many there are now
/// @param lastUsedTime null if nobody ever connected
/// @param timesOutTime when it ends if nobody connects; null while somebody is, when something was written to it, or
///     when it has ended
/// @param changedBytes how much was written or cleared, in whole blocks; null if it can only be read, or has ended
/// @param keepJob the job that makes a recovery point of it
/// @param endReason Ended, Idle, RightLost or Kept
/// @param endedBy who, or which part of the server
record ExportResponse(
        UUID id,
        String vault,
        String instance,
        String recoveryPoint,
        String state,
        boolean writable,
        String name,
        String transport,
        @Nullable String uri,
        @Nullable String tcpUri,
        String createdBy,
        Instant createdTime,
        Duration idleTimeout,
        int connections,
        @Nullable Instant lastUsedTime,
        @Nullable Instant timesOutTime,
        long bytesRead,
        long bytesWritten,
        @Nullable Long changedBytes,
        @Nullable String keepJob,
        @Nullable Instant endedTime,
        @Nullable String endReason,
        @Nullable String endedBy) {
    /// What this server knows at the moment.
    ///
    /// @param changed as `changedBytes`
    record Now(int connections, @Nullable Long changed) {
        /// Whether nothing keeps it from ending.
        boolean isIdle() {
            return connections == 0 && (changed == null || changed == 0);
        }
    }

    static ExportResponse of(
            ExportRow row, Optional<ExportUseRow> use, Now now, Optional<URI> uri, Optional<URI> tcpUri) {
        Instant since = use.map(ExportUseRow::lastUsedAt)
                .filter(row.createdAt()::isBefore)
                .orElse(row.createdAt());
        return new ExportResponse(
                row.id(),
                row.vault(),
                row.instance(),
                row.recoveryPoint(),
                row.isServed() ? "Active" : row.isActive() ? "Keeping" : "Ended",
                row.writable(),
                row.name(),
                row.hash() == null ? "unix" : "tcp",
                uri.map(URI::toString).orElse(null),
                tcpUri.map(URI::toString).orElse(null),
                row.createdBy(),
                row.createdAt(),
                row.idleTime(),
                now.connections(),
                use.map(ExportUseRow::lastUsedAt).orElse(null),
                row.isServed() && now.isIdle() ? since.plus(row.idleTime()) : null,
                use.map(ExportUseRow::bytesRead).orElse(0L),
                use.map(ExportUseRow::bytesWritten).orElse(0L),
                now.changed(),
                row.keepJob(),
                row.endedAt(),
                row.endReason(),
                row.endedBy());
    }
}
