-- The chain of hashes over the events, and the checkpoints of it that were signed. Not projections: never filled anew.

CREATE TABLE audit_chain (
    position        BIGINT       NOT NULL PRIMARY KEY,
    global_index    BIGINT       NOT NULL,
    aggregate_id    VARCHAR(255) NOT NULL,
    sequence_number BIGINT       NOT NULL,
    chained_at      BIGINT       NOT NULL,
    hash            VARCHAR(64)  NOT NULL,
    CONSTRAINT audit_chain_event UNIQUE (global_index)
);

CREATE TABLE audit_checkpoint (
    number  BIGINT        NOT NULL PRIMARY KEY,
    content VARCHAR(2000) NOT NULL
);
