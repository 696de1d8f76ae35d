-- Recovery points that are served as disks.

CREATE TABLE point_export (
    id             UUID         NOT NULL PRIMARY KEY,
    name           VARCHAR(100) NOT NULL,
    hash           VARCHAR(64),
    vault          VARCHAR(50)  NOT NULL,
    instance       VARCHAR(50)  NOT NULL,
    recovery_point VARCHAR(100) NOT NULL,
    writable       BOOL         NOT NULL,
    idle_seconds   BIGINT       NOT NULL,
    created_by     VARCHAR(255) NOT NULL,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    keep_job       VARCHAR(36),
    ended_at       TIMESTAMP WITH TIME ZONE,
    end_reason     VARCHAR(20),
    ended_by       VARCHAR(255)
);

CREATE INDEX point_export_newest ON point_export (created_at, id);
CREATE INDEX point_export_of_instance ON point_export (vault, instance);
CREATE INDEX point_export_name ON point_export (name);
CREATE INDEX point_export_hash ON point_export (hash);

-- Not a projection: whoever serves an export writes it.
CREATE TABLE point_export_use (
    export        UUID   NOT NULL PRIMARY KEY,
    last_used_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    bytes_read    BIGINT NOT NULL,
    bytes_written BIGINT NOT NULL
);

ALTER TABLE recovery_point ADD COLUMN exports INT DEFAULT 0 NOT NULL;

-- What a backup is of, if not of the disk.
ALTER TABLE job ADD COLUMN export UUID;
