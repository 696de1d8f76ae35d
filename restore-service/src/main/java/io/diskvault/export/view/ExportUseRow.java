package io.diskvault.export.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// How an export is used, some seconds behind. Not a projection: whoever serves it writes it, so that the next start
/// knows how long nobody was connected.
@MappedEntity("point_export_use")
public record ExportUseRow(@Id UUID export, Instant lastUsedAt, long bytesRead, long bytesWritten) {}
