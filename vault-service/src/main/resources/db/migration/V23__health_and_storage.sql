-- What decides how instances are. `degraded_from` and `unhealthy_from` say from when on they are so if nothing happens;
-- the year 9999 stands for never.

CREATE TABLE instance_health (
    instance_id         VARCHAR(101) NOT NULL PRIMARY KEY,
    vault               VARCHAR(50)  NOT NULL,
    disk_group          VARCHAR(50)  NOT NULL,
    policy              VARCHAR(101) NOT NULL,
    policy_name         VARCHAR(50)  NOT NULL,
    protection_state    VARCHAR(30)  NOT NULL,
    protected_since     TIMESTAMP WITH TIME ZONE NOT NULL,
    since               TIMESTAMP WITH TIME ZONE NOT NULL,
    latest_point_time   TIMESTAMP WITH TIME ZONE,
    due                 TIMESTAMP WITH TIME ZONE,
    late_from           TIMESTAMP WITH TIME ZONE,
    lost_from           TIMESTAMP WITH TIME ZONE,
    failures            INTEGER      NOT NULL,
    failing_since       TIMESTAMP WITH TIME ZONE,
    failure_repeated    BOOLEAN      NOT NULL,
    failure_code        VARCHAR(100),
    failure_message     VARCHAR(4000),
    failure_action      VARCHAR(1000),
    failure_retryable   BOOLEAN      NOT NULL,
    passed_reason       VARCHAR(20),
    passed_at           TIMESTAMP WITH TIME ZONE,
    damaged_point       VARCHAR(100),
    damaged_since       TIMESTAMP WITH TIME ZONE,
    proven_since_damage BOOLEAN      NOT NULL,
    check_failed_at     TIMESTAMP WITH TIME ZONE,
    proof_overdue_since TIMESTAMP WITH TIME ZONE,
    degraded_from       TIMESTAMP WITH TIME ZONE NOT NULL,
    unhealthy_from      TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX instance_health_newest ON instance_health (protected_since, instance_id);
CREATE INDEX instance_health_of_vault ON instance_health (vault, protected_since, instance_id);
CREATE INDEX instance_health_policy ON instance_health (policy);

-- Of instances that are there it is known how they are from the next thing on that happens to them.
INSERT INTO instance_health
    SELECT i.id, i.vault, SUBSTRING(i.disk FROM 1 FOR POSITION('/' IN i.disk) - 1), i.policy,
        SUBSTRING(i.policy FROM POSITION('/' IN i.policy) + 1), i.protection_state, i.protected_since,
        i.protected_since, i.latest_point_time, NULL, NULL, NULL, 0, NULL, FALSE, NULL, NULL, NULL, FALSE, NULL, NULL,
        NULL, NULL, FALSE, NULL, p.overdue_since,
        COALESCE(p.overdue_since, TIMESTAMP WITH TIME ZONE '9999-01-01 00:00:00+00'),
        TIMESTAMP WITH TIME ZONE '9999-01-01 00:00:00+00'
    FROM backup_instance i LEFT JOIN restore_proof p ON p.instance_id = i.id;

-- What the recovery points of an instance take: the oldest its used size, each other its change.
CREATE TABLE instance_storage (
    instance_id    VARCHAR(101) NOT NULL PRIMARY KEY,
    vault          VARCHAR(50)  NOT NULL,
    snapshot_group VARCHAR(50)  NOT NULL,
    oldest_point   VARCHAR(100),
    logical_bytes  BIGINT       NOT NULL,
    used_bytes     BIGINT       NOT NULL,
    stored_bytes   BIGINT       NOT NULL
);

CREATE INDEX instance_storage_of_vault ON instance_storage (vault);

INSERT INTO instance_storage
    SELECT i.id, i.vault, i.snapshot_group,
        (SELECT o.id FROM recovery_point o WHERE o.instance_id = i.id AND o.expired_time IS NULL
            ORDER BY o.snapshot_time, o.id LIMIT 1),
        COALESCE((SELECT l.logical_bytes FROM recovery_point l WHERE l.id = i.latest_point), 0),
        COALESCE((SELECT SUM(p.changed_bytes) FROM recovery_point p
            WHERE p.instance_id = i.id AND p.expired_time IS NULL), 0)
            + COALESCE((SELECT o.used_bytes - o.changed_bytes FROM recovery_point o
                WHERE o.instance_id = i.id AND o.expired_time IS NULL ORDER BY o.snapshot_time, o.id LIMIT 1), 0),
        COALESCE((SELECT SUM(p.stored_bytes) FROM recovery_point p
            WHERE p.instance_id = i.id AND p.expired_time IS NULL), 0)
    FROM backup_instance i;

-- What the recovery points of a vault added on a day (in UTC), wrote, and gave up.
CREATE TABLE storage_day (
    id            VARCHAR(61) NOT NULL PRIMARY KEY,
    vault         VARCHAR(50) NOT NULL,
    on_day        VARCHAR(10) NOT NULL,
    added_bytes   BIGINT      NOT NULL,
    stored_bytes  BIGINT      NOT NULL,
    expired_bytes BIGINT      NOT NULL
);

CREATE INDEX storage_day_of ON storage_day (on_day, vault);

INSERT INTO storage_day
    SELECT vault || ' ' || on_day, vault, on_day, SUM(added), SUM(stored), SUM(expired) FROM (
        SELECT SUBSTRING(instance_id FROM 1 FOR POSITION('/' IN instance_id) - 1) AS vault,
            TO_CHAR(snapshot_time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS on_day,
            changed_bytes AS added, stored_bytes AS stored, 0 AS expired FROM recovery_point
        UNION ALL
        SELECT SUBSTRING(instance_id FROM 1 FOR POSITION('/' IN instance_id) - 1),
            TO_CHAR(expired_time AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 0, 0, stored_bytes FROM recovery_point
            WHERE expired_time IS NOT NULL) changes
    GROUP BY vault, on_day;
