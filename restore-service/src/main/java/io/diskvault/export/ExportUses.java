package io.diskvault.export;

import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportUseRow;
import io.diskvault.export.view.ExportUseRows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Keeps note of when exports were last used, and of how much was read. It is written down, so that a server that was
/// killed under its clients knows at its next start that they had been there.
@Singleton
public class ExportUses {
    /// How much may be forgotten by a crash.
    static final Duration RESOLUTION = Duration.ofSeconds(10);

    private final ExportUseRows rows;
    private final Clock clock;

    ExportUses(ExportUseRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /// Somebody is connected, or was until now.
    void note(UUID export, long bytesRead, long bytesWritten) {
        Instant now = clock.instant();
        if (rows.add(export, now, bytesRead, bytesWritten) == 0) {
            rows.save(new ExportUseRow(export, now, bytesRead, bytesWritten));
        }
    }

    public Optional<ExportUseRow> of(UUID export) {
        return rows.findById(export);
    }

    public Map<UUID, ExportUseRow> of(List<ExportRow> exports) {
        Collection<UUID> ids = exports.stream().map(ExportRow::id).toList();
        return ids.isEmpty()
                ? Map.of()
                : rows.findByExportIn(ids).stream()
                        .collect(Collectors.toMap(ExportUseRow::export, Function.identity()));
    }

    /// From when on nobody was connected to an export that has no connection now.
    Instant unusedSince(ExportRow export) {
        return of(export.id())
                .map(ExportUseRow::lastUsedAt)
                .filter(export.createdAt()::isBefore)
                .orElse(export.createdAt());
    }

    Instant now() {
        return clock.instant();
    }
}
