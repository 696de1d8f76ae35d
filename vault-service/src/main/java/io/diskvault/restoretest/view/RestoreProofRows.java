package io.diskvault.restoretest.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of where the instances stand.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RestoreProofRows extends CrudRepository<RestoreProofRow, String> {
    List<RestoreProofRow> findByVault(String vault);

    List<RestoreProofRow> findByInstanceIdIn(Collection<String> instances);

    /// By instance.
    default Map<String, RestoreProofRow> ofVault(String vault) {
        return findByVault(vault).stream().collect(Collectors.toMap(RestoreProofRow::instanceId, row -> row));
    }

    @Query("SELECT * FROM restore_proof WHERE overdue_since IS NOT NULL")
    List<RestoreProofRow> overdue();

    @Query("UPDATE restore_proof SET last_job = :job, last_tested = :at, open_job = :job WHERE instance_id = :instance")
    int requested(String instance, String job, Instant at);

    @Query("UPDATE restore_proof SET open_job = NULL WHERE open_job = :job")
    int ended(String job);

    @Query("UPDATE restore_proof SET proven_job = :job, proven_point = :point, proven_at = :at"
            + " WHERE instance_id = :instance")
    int proven(String instance, String job, String point, Instant at);

    @Query("UPDATE restore_proof SET overdue_since = :since WHERE instance_id = :instance")
    int setOverdue(String instance, @Nullable Instant since);
}
