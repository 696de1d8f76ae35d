-- Tables of the projections. Each can be emptied and filled again from the events.

CREATE TABLE backup_vault (
    name       VARCHAR(50) NOT NULL PRIMARY KEY,
    identity   UUID        NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX backup_vault_newest ON backup_vault (created_at, name);

CREATE TABLE api_token (
    id         UUID        NOT NULL PRIMARY KEY,
    name       VARCHAR(50) NOT NULL,
    hash       VARCHAR(64) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT api_token_hash UNIQUE (hash)
);

CREATE TABLE job (
    id              VARCHAR(36)  NOT NULL PRIMARY KEY,
    operation       VARCHAR(20)  NOT NULL,
    status          VARCHAR(30)  NOT NULL,
    user_triggered  BOOLEAN      NOT NULL,
    vault           VARCHAR(50)  NOT NULL,
    instance        VARCHAR(50)  NOT NULL,
    recovery_point  VARCHAR(100),
    slot            TIMESTAMP WITH TIME ZONE,
    retention_tag   VARCHAR(50),
    target_group    VARCHAR(50),
    target_disk     VARCHAR(50),
    target_file     VARCHAR(255),
    queued_time     TIMESTAMP WITH TIME ZONE NOT NULL,
    start_time      TIMESTAMP WITH TIME ZONE,
    end_time        TIMESTAMP WITH TIME ZONE,
    attempt         INTEGER      NOT NULL,
    error_code      VARCHAR(100),
    error_message   VARCHAR(4000),
    error_action    VARCHAR(1000),
    error_retryable BOOLEAN,
    warnings        VARCHAR(4000) NOT NULL
);

CREATE INDEX job_newest ON job (queued_time, id);
CREATE INDEX job_of_instance ON job (vault, instance, queued_time, id);
CREATE INDEX job_status ON job (status, queued_time, id);

-- Not a projection: workers write it themselves.
CREATE TABLE job_lease (
    job_id      VARCHAR(36) NOT NULL PRIMARY KEY,
    worker      VARCHAR(36) NOT NULL,
    renewed_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    done_bytes  BIGINT      NOT NULL,
    total_bytes BIGINT      NOT NULL
);
