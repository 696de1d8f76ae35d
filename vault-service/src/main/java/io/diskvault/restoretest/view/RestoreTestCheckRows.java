package io.diskvault.restoretest.view;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.util.Collection;
import java.util.List;

/// The table of what the checks of restore tests found.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RestoreTestCheckRows extends CrudRepository<RestoreTestCheckRow, String> {
    List<RestoreTestCheckRow> findByJobIdInOrderByPlace(Collection<String> jobs);

    long deleteByJobId(String job);
}
