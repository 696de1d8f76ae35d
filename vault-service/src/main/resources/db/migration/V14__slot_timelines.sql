-- The schedules that policies had, and the policies that instances followed, one after the other. The first of each is
-- from 1970: it has no beginning.

CREATE TABLE policy_schedule (
    id        VARCHAR(140) NOT NULL PRIMARY KEY,
    policy    VARCHAR(101) NOT NULL,
    schedule  VARCHAR(255) NOT NULL,
    time_zone VARCHAR(64),
    since     TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX policy_schedule_of_policy ON policy_schedule (policy, since);

-- Of what came before there is no record; slots of those times remain nobody's.
INSERT INTO policy_schedule (id, policy, schedule, time_zone, since)
    SELECT id || '@' || CAST(version AS VARCHAR), id, schedule, time_zone,
        CASE WHEN schedule_since = created_at THEN TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'
             ELSE schedule_since END
    FROM backup_policy;

ALTER TABLE backup_policy DROP COLUMN schedule_since;

CREATE TABLE instance_policy (
    id          VARCHAR(140) NOT NULL PRIMARY KEY,
    instance_id VARCHAR(101) NOT NULL,
    policy      VARCHAR(101) NOT NULL,
    since       TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX instance_policy_of_instance ON instance_policy (instance_id, since);

ALTER TABLE backup_instance ADD COLUMN policy_since TIMESTAMP WITH TIME ZONE;

-- A switch of the policy no longer counts as a decision about the slots before it.
UPDATE backup_instance SET policy_since = last_slot
    WHERE last_slot IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM slot s WHERE s.instance_id = backup_instance.id AND s.slot = backup_instance.last_slot);

UPDATE backup_instance SET last_slot =
        (SELECT MAX(s.slot) FROM slot s WHERE s.instance_id = backup_instance.id AND s.slot <= backup_instance.last_slot)
    WHERE policy_since IS NOT NULL;
