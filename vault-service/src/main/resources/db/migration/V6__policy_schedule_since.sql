-- Since when a policy has its schedule: earlier slots of a new schedule were nobody's and must not count as missed.

ALTER TABLE backup_policy ADD COLUMN schedule_since TIMESTAMP WITH TIME ZONE;

UPDATE backup_policy SET schedule_since = created_at;

ALTER TABLE backup_policy ALTER COLUMN schedule_since SET NOT NULL;
