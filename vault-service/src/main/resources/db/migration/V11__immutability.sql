-- Whether a vault's recovery points have to stay until their time is up.

ALTER TABLE backup_vault ADD COLUMN immutability VARCHAR(20) DEFAULT 'Disabled' NOT NULL;
