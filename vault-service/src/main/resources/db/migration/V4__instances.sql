CREATE TABLE backup_instance (
    id                VARCHAR(101) NOT NULL PRIMARY KEY,
    vault             VARCHAR(50)  NOT NULL,
    name              VARCHAR(50)  NOT NULL,
    disk              VARCHAR(101) NOT NULL,
    policy            VARCHAR(101) NOT NULL,
    snapshot_group    VARCHAR(50)  NOT NULL,
    protected_since   TIMESTAMP WITH TIME ZONE NOT NULL,
    last_slot         TIMESTAMP WITH TIME ZONE,
    running_job       VARCHAR(36),
    latest_point      VARCHAR(100),
    latest_point_time TIMESTAMP WITH TIME ZONE
);

CREATE INDEX backup_instance_newest ON backup_instance (vault, protected_since, id);
CREATE INDEX backup_instance_policy ON backup_instance (policy);

CREATE TABLE recovery_point (
    id               VARCHAR(100) NOT NULL PRIMARY KEY,
    instance_id      VARCHAR(101) NOT NULL,
    kind             VARCHAR(20)  NOT NULL,
    snapshot_time    TIMESTAMP WITH TIME ZONE NOT NULL,
    retention_tag    VARCHAR(50)  NOT NULL,
    policy_version   BIGINT       NOT NULL,
    expiry_time      TIMESTAMP WITH TIME ZONE NOT NULL,
    change_detection VARCHAR(50)  NOT NULL,
    logical_bytes    BIGINT       NOT NULL,
    used_bytes       BIGINT       NOT NULL,
    changed_bytes    BIGINT       NOT NULL,
    stored_bytes     BIGINT       NOT NULL
);

CREATE INDEX recovery_point_newest ON recovery_point (instance_id, snapshot_time, id);
CREATE INDEX recovery_point_expiry ON recovery_point (expiry_time);
