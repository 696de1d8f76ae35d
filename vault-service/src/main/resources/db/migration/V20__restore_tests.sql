-- Restore tests: the plans of vaults, every test with what it found, and where each instance stands.

CREATE TABLE restore_test_plan (
    vault               VARCHAR(50) NOT NULL PRIMARY KEY,
    version             BIGINT      NOT NULL,
    schedule            VARCHAR(100) NOT NULL,
    time_zone           VARCHAR(100),
    share_percent       INTEGER     NOT NULL,
    recovery_point      VARCHAR(20) NOT NULL,
    scratch_group       VARCHAR(50) NOT NULL,
    file_system         BOOLEAN     NOT NULL,
    script              VARCHAR(100),
    check_limit_seconds BIGINT      NOT NULL,
    max_age_days        INTEGER     NOT NULL,
    decided_until       TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at          TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at          TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE restore_test (
    job_id              VARCHAR(36)  NOT NULL PRIMARY KEY,
    instance_id         VARCHAR(101) NOT NULL,
    recovery_point      VARCHAR(100) NOT NULL,
    scratch_group       VARCHAR(50)  NOT NULL,
    file_system         BOOLEAN      NOT NULL,
    script              VARCHAR(100),
    check_limit_seconds BIGINT       NOT NULL,
    plan_version        BIGINT,
    slot                TIMESTAMP WITH TIME ZONE,
    requested_at        TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at            TIMESTAMP WITH TIME ZONE,
    outcome             VARCHAR(20),
    logical_bytes       BIGINT       NOT NULL,
    restored_bytes      BIGINT       NOT NULL,
    restore_millis      BIGINT       NOT NULL,
    verify_millis       BIGINT       NOT NULL,
    damaged             VARCHAR(8000) NOT NULL,
    more_damaged        BIGINT       NOT NULL,
    error_code          VARCHAR(100),
    error_message       VARCHAR(4000),
    error_action        VARCHAR(1000)
);

CREATE INDEX restore_test_newest ON restore_test (instance_id, requested_at, job_id);
CREATE INDEX restore_test_of_point ON restore_test (recovery_point);

CREATE TABLE restore_test_check (
    id       VARCHAR(50)   NOT NULL PRIMARY KEY,
    job_id   VARCHAR(36)   NOT NULL,
    place    INTEGER       NOT NULL,
    subject  VARCHAR(200)  NOT NULL,
    outcome  VARCHAR(20)   NOT NULL,
    detail   VARCHAR(4000) NOT NULL,
    millis   BIGINT        NOT NULL
);

CREATE INDEX restore_test_check_of ON restore_test_check (job_id, place);

CREATE TABLE restore_proof (
    instance_id   VARCHAR(101) NOT NULL PRIMARY KEY,
    vault         VARCHAR(50)  NOT NULL,
    last_job      VARCHAR(36),
    last_tested   TIMESTAMP WITH TIME ZONE,
    open_job      VARCHAR(36),
    proven_job    VARCHAR(36),
    proven_point  VARCHAR(100),
    proven_at     TIMESTAMP WITH TIME ZONE,
    overdue_since TIMESTAMP WITH TIME ZONE
);

CREATE INDEX restore_proof_of_vault ON restore_proof (vault);
CREATE INDEX restore_proof_open ON restore_proof (open_job);
