-- Lists are read newest first. H2 reads rows in the order of an index only in the index's own direction, so these are
-- in the order of the lists. Jobs are asked for by operation and status, of one vault or of all; what names only one of
-- the two is put together from the others' lists.

DROP INDEX job_newest;
DROP INDEX job_of_instance;
DROP INDEX job_status;
CREATE INDEX job_newest ON job (queued_time DESC, id DESC);
CREATE INDEX job_of_instance ON job (instance, vault, queued_time DESC, id DESC);
CREATE INDEX job_of_kind ON job (operation, status, queued_time DESC, id DESC);
CREATE INDEX job_of_vault ON job (vault, operation, status, queued_time DESC, id DESC);

DROP INDEX recovery_point_newest;
CREATE INDEX recovery_point_newest ON recovery_point (instance_id, snapshot_time DESC, id DESC);

-- A job says itself of what slot it is.
DROP INDEX slot_job;
DROP INDEX slot_of_instance;
CREATE INDEX slot_of_instance ON slot (instance_id, slot DESC);

DROP INDEX instance_health_newest;
DROP INDEX instance_health_of_vault;
CREATE INDEX instance_health_newest ON instance_health (protected_since DESC, instance_id DESC);
CREATE INDEX instance_health_of_vault ON instance_health (vault, protected_since DESC, instance_id DESC);

DROP INDEX backup_instance_newest;
CREATE INDEX backup_instance_newest ON backup_instance (vault, protected_since DESC, id DESC);

DROP INDEX disk_newest;
DROP INDEX disk_newest_in_group;
CREATE INDEX disk_newest ON disk (created_at DESC, id DESC);
CREATE INDEX disk_newest_in_group ON disk (resource_group, created_at DESC, id DESC);

DROP INDEX alert_newest;
DROP INDEX alert_of_vault;
DROP INDEX alert_open;
CREATE INDEX alert_newest ON alert (last_time DESC, id DESC);
CREATE INDEX alert_of_vault ON alert (vault, last_time DESC, id DESC);
CREATE INDEX alert_open ON alert (state, last_time DESC, id DESC);

-- How many jobs that were queued in an hour or on a day (in UTC) ended how.
CREATE TABLE job_count (
    id        VARCHAR(130) NOT NULL PRIMARY KEY,
    span      VARCHAR(4)   NOT NULL,
    during    VARCHAR(13)  NOT NULL,
    vault     VARCHAR(50)  NOT NULL,
    operation VARCHAR(20)  NOT NULL,
    status    VARCHAR(30)  NOT NULL,
    jobs      BIGINT       NOT NULL
);

CREATE INDEX job_count_of ON job_count (span, during);

INSERT INTO job_count
    SELECT vault || ' ' || during || ' ' || operation || ' ' || status, span, during, vault, operation, status, COUNT(*)
    FROM (
        SELECT 'Hour' AS span, TO_CHAR(queued_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') AS during,
            vault, operation, status FROM job
        UNION ALL
        SELECT 'Day', TO_CHAR(queued_time AT TIME ZONE 'UTC', 'YYYY-MM-DD'), vault, operation, status FROM job) jobs
    WHERE status IN ('Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled')
    GROUP BY span, during, vault, operation, status;
