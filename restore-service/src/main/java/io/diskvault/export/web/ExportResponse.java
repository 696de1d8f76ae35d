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
/// @param state Active or Ended
/// @param name by which clients ask for it at the socket
/// @param transport `unix`: at the socket; `tcp`: at the port of links, too
/// @param uri at the socket, on the server's machine; null when it has ended
/// @param tcpUri at the port, with its secret: only in the answer to the request that made the export
/// @param connections how many there are now
/// @param lastUsedTime null if nobody ever connected
/// @param timesOutTime when it ends if nobody connects; null while somebody is, or when it has ended
/// @param endReason Ended, Idle or RightLost
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
        @Nullable Instant endedTime,
        @Nullable String endReason,
        @Nullable String endedBy) {
    static ExportResponse of(
            ExportRow row, Optional<ExportUseRow> use, int connections, Optional<URI> uri, Optional<URI> tcpUri) {
        Instant since = use.map(ExportUseRow::lastUsedAt)
                .filter(row.createdAt()::isBefore)
                .orElse(row.createdAt());
        return new ExportResponse(
                row.id(),
                row.vault(),
                row.instance(),
                row.recoveryPoint(),
                row.isActive() ? "Active" : "Ended",
                row.writable(),
                row.name(),
                row.hash() == null ? "unix" : "tcp",
                uri.map(URI::toString).orElse(null),
                tcpUri.map(URI::toString).orElse(null),
                row.createdBy(),
                row.createdAt(),
                row.idleTime(),
                connections,
                use.map(ExportUseRow::lastUsedAt).orElse(null),
                row.isActive() && connections == 0 ? since.plus(row.idleTime()) : null,
                use.map(ExportUseRow::bytesRead).orElse(0L),
                use.map(ExportUseRow::bytesWritten).orElse(0L),
                row.endedAt(),
                row.endReason(),
                row.endedBy());
    }
}
