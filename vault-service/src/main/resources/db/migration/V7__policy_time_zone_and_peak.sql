-- Policies have a time zone, more than one retention rule, and a peak of live recovery points.

ALTER TABLE backup_policy ADD COLUMN time_zone VARCHAR(64);

UPDATE backup_policy SET retention = 'Default=' || retention;

ALTER TABLE backup_policy ADD COLUMN peak_points INTEGER;
ALTER TABLE backup_policy ADD COLUMN peak_reached_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE backup_policy ADD COLUMN peak_points_before INTEGER;
ALTER TABLE backup_policy ADD COLUMN peak_reached_at_before TIMESTAMP WITH TIME ZONE;
