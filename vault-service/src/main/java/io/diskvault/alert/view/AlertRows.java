package io.diskvault.alert.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of alerts.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface AlertRows extends CrudRepository<AlertRow, String> {
    /// What happened last first, those before the given place, of all vaults and the server, or of the given vaults.
    /// A filter that is null lets everything through.
    @Query("""
            SELECT * FROM alert
            WHERE last_time <= :beforeTime AND (last_time < :beforeTime OR id < :beforeKey)
              AND (:all = TRUE OR vault IN (:vaults))
              AND (CAST(:vault AS VARCHAR) IS NULL OR vault = :vault)
              AND (CAST(:instance AS VARCHAR) IS NULL OR instance = :instance)
              AND (CAST(:kind AS VARCHAR) IS NULL OR kind = :kind)
              AND (CAST(:severity AS VARCHAR) IS NULL OR severity = :severity)
              AND (CAST(:state AS VARCHAR) IS NULL OR state = :state)
            ORDER BY last_time DESC, id DESC LIMIT :count""")
    List<AlertRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String instance,
            @Nullable String kind,
            @Nullable String severity,
            @Nullable String state,
            int count);

    @Query("SELECT severity, COUNT(*) AS count FROM alert WHERE state IN ('New', 'Acknowledged') GROUP BY severity")
    List<AlertCount> countOpen();

    /// The alerts of a kind about what lasts, closed or not, as long as it does.
    @Query("SELECT * FROM alert WHERE kind = :kind AND standing = TRUE")
    List<AlertRow> standing(String kind);

    /// Those that are not closed, what happened last first, of all vaults and the server, or of the given vaults.
    @Query("SELECT * FROM alert WHERE state IN ('New', 'Acknowledged') AND (:all = TRUE OR vault IN (:vaults))"
            + " ORDER BY last_time DESC, id DESC LIMIT :count")
    List<AlertRow> newestOpen(boolean all, List<String> vaults, int count);

    /// How many of them there are.
    @Query("SELECT severity, COUNT(*) AS count FROM alert WHERE state IN ('New', 'Acknowledged')"
            + " AND (:all = TRUE OR vault IN (:vaults)) GROUP BY severity")
    List<AlertCount> countOpen(boolean all, List<String> vaults);
}
