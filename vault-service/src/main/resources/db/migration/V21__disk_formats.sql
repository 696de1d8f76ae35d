-- How disks lie in their files, and how restores are to make them. All that is there is raw: there was nothing else.

ALTER TABLE disk ADD COLUMN format VARCHAR(20) DEFAULT 'raw' NOT NULL;
ALTER TABLE job ADD COLUMN target_format VARCHAR(20);
