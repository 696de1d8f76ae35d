package io.diskvault.disk.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of disks.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface DiskRows extends CrudRepository<DiskRow, String> {
    /// Newest first, those before the given place: all, or those in the given groups and the given ones; of them all,
    /// or those that are protected, or those that are not.
    @Query("SELECT * FROM disk WHERE created_at <= :beforeTime AND (created_at < :beforeTime OR id < :beforeKey)"
            + " AND (:all = TRUE OR resource_group IN (:groups) OR id IN (:disks))"
            + " AND (CAST(:isProtected AS BOOLEAN) IS NULL OR (protected_by IS NOT NULL) = :isProtected)"
            + " ORDER BY created_at DESC, id DESC LIMIT :count")
    List<DiskRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> groups,
            List<String> disks,
            @Nullable Boolean isProtected,
            int count);

    /// How many there are, and how many of them are protected.
    @Query("SELECT COUNT(*) AS disks, COUNT(protected_by) AS protected_disks FROM disk"
            + " WHERE (:all = TRUE OR resource_group IN (:groups) OR id IN (:disks))")
    DiskCount count(boolean all, List<String> groups, List<String> disks);

    /// Those of one resource group, newest first, before the given place.
    @Query("SELECT * FROM disk WHERE resource_group = :resourceGroup"
            + " AND created_at <= :beforeTime AND (created_at < :beforeTime OR id < :beforeKey)"
            + " ORDER BY resource_group, created_at DESC, id DESC LIMIT :count")
    List<DiskRow> listInGroupBefore(String resourceGroup, Instant beforeTime, String beforeKey, int count);

    /// Says which backup instance the disk belongs to; null for none.
    ///
    /// @return how many rows that changed
    @Query("UPDATE disk SET protected_by = :instance WHERE id = :id")
    long setProtectedBy(String id, @Nullable String instance);

    /// Says which restore writes over the disk; null for none.
    ///
    /// @return how many rows that changed
    @Query("UPDATE disk SET restoring_job = :job WHERE id = :id")
    long setRestoringJob(String id, @Nullable String job);
}
