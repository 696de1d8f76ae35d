-- Resource groups, disks and backup policies as people see them. Filled from the events like all projections.

CREATE TABLE resource_group (
    name       VARCHAR(50) NOT NULL PRIMARY KEY,
    disks_root VARCHAR(4096),
    datastore  VARCHAR(4096),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX resource_group_newest ON resource_group (created_at, name);

CREATE TABLE disk (
    id             VARCHAR(101)  NOT NULL PRIMARY KEY,
    resource_group VARCHAR(50)   NOT NULL,
    name           VARCHAR(50)   NOT NULL,
    source         VARCHAR(4096) NOT NULL,
    type           VARCHAR(50)   NOT NULL,
    size_bytes     BIGINT        NOT NULL,
    unique_id      UUID          NOT NULL,
    protected_by   VARCHAR(255),
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX disk_newest ON disk (created_at, id);
CREATE INDEX disk_newest_in_group ON disk (resource_group, created_at, id);

CREATE TABLE backup_policy (
    id         VARCHAR(101) NOT NULL PRIMARY KEY,
    vault      VARCHAR(50)  NOT NULL,
    name       VARCHAR(50)  NOT NULL,
    version    BIGINT       NOT NULL,
    schedule   VARCHAR(255) NOT NULL,
    retention  VARCHAR(255) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX backup_policy_newest ON backup_policy (vault, created_at, id);
