-- How far an instance's life has come, what holds its points, and what became of those that are gone: their rows stay.

ALTER TABLE backup_vault ADD COLUMN soft_delete VARCHAR(20) DEFAULT 'On' NOT NULL;
ALTER TABLE backup_vault ADD COLUMN soft_delete_days INTEGER DEFAULT 14 NOT NULL;

ALTER TABLE backup_instance ADD COLUMN protection_state VARCHAR(30) DEFAULT 'ProtectionConfigured' NOT NULL;
ALTER TABLE backup_instance ADD COLUMN deleted_time TIMESTAMP WITH TIME ZONE;
ALTER TABLE backup_instance ADD COLUMN purge_time TIMESTAMP WITH TIME ZONE;

ALTER TABLE recovery_point ADD COLUMN policy VARCHAR(101) DEFAULT '' NOT NULL;
ALTER TABLE recovery_point ADD COLUMN retention_duration VARCHAR(10) DEFAULT '' NOT NULL;
ALTER TABLE recovery_point ADD COLUMN time_zone VARCHAR(50) DEFAULT 'UTC' NOT NULL;
ALTER TABLE recovery_point ADD COLUMN snapshot_group VARCHAR(50) DEFAULT '' NOT NULL;
ALTER TABLE recovery_point ADD COLUMN hold_reason VARCHAR(500);
ALTER TABLE recovery_point ADD COLUMN hold_time TIMESTAMP WITH TIME ZONE;
ALTER TABLE recovery_point ADD COLUMN expired_time TIMESTAMP WITH TIME ZONE;
ALTER TABLE recovery_point ADD COLUMN expiry_reason VARCHAR(30);
ALTER TABLE recovery_point ADD COLUMN kept_by VARCHAR(100);
