package io.diskvault.export.web;

import io.diskvault.export.ExportUses;
import io.diskvault.export.ServedExports;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.export.view.ExportUseRow;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Exports with what their use is right now.
@Singleton
class ShownExports {
    private final ExportRows rows;
    private final ExportUses uses;
    private final ServedExports served;

    ShownExports(ExportRows rows, ExportUses uses, ServedExports served) {
        this.rows = rows;
        this.uses = uses;
        this.served = served;
    }

    ExportResponse one(ExportRow row, Optional<URI> tcpUri) {
        return show(row, uses.of(row.id()), tcpUri);
    }

    private ExportResponse show(ExportRow row, Optional<ExportUseRow> use, Optional<URI> tcpUri) {
        return ExportResponse.of(
                row,
                use,
                new ExportResponse.Now(served.connections(row.id()), changedBytes(row)),
                served.uri(row),
                tcpUri);
    }

    private @Nullable Long changedBytes(ExportRow row) {
        OptionalLong changed = row.writable() && row.isServed() ? served.changedBytes(row) : OptionalLong.empty();
        return changed.isPresent() ? changed.getAsLong() : null;
    }

    /// Which exports to list.
    ///
    /// @param everywhere whether in all vaults, or only in the given ones
    /// @param ended whether to list also those that have ended
    record Filter(
            boolean everywhere,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String instance,
            boolean ended) {}

    /// One page, newest first.
    Listing<ExportResponse> list(Filter filter, @Nullable String cursor, @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        List<ExportRow> found = rows.listBefore(
                from.time(),
                from.key(),
                filter.everywhere(),
                filter.vaults(),
                filter.vault(),
                filter.instance(),
                filter.ended(),
                count + 1);
        Map<UUID, ExportUseRow> used = uses.of(found);
        return Listing.of(
                found,
                count,
                row -> show(row, Optional.ofNullable(used.get(row.id())), Optional.empty()),
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }
}
