package io.diskvault.restoretest.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;

/// The table of restore test plans.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RestoreTestPlanRows extends CrudRepository<RestoreTestPlanRow, String> {
    @Query("UPDATE restore_test_plan SET decided_until = :until WHERE vault = :vault")
    int decided(String vault, Instant until);
}
