-- Restores over disks that are there, and what restores wrote. New disks have no target_disk_id.

ALTER TABLE disk ADD COLUMN restoring_job VARCHAR(36);

ALTER TABLE job ADD COLUMN target_disk_id UUID;
ALTER TABLE job ADD COLUMN continue_on_damage BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE job ADD COLUMN written_bytes BIGINT;
ALTER TABLE job ADD COLUMN kept_bytes BIGINT;
ALTER TABLE job ADD COLUMN damaged_bytes BIGINT;

-- Those of disks do not know the unique id; they are made anew from the events.
DELETE FROM aggregate_snapshot WHERE aggregate_type = 'Disk';
