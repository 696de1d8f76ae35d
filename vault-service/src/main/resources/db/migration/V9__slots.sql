-- The ledger of slots, and what jobs wait for and how large they were.

CREATE TABLE slot (
    id          VARCHAR(140) NOT NULL PRIMARY KEY,
    instance_id VARCHAR(101) NOT NULL,
    slot        TIMESTAMP WITH TIME ZONE NOT NULL,
    state       VARCHAR(20)  NOT NULL,
    job         VARCHAR(36),
    start_time  TIMESTAMP WITH TIME ZONE,
    end_time    TIMESTAMP WITH TIME ZONE,
    reason      VARCHAR(100),
    message     VARCHAR(4000)
);

CREATE INDEX slot_of_instance ON slot (instance_id, slot);
CREATE INDEX slot_job ON slot (job);

ALTER TABLE job ADD COLUMN datastore VARCHAR(4096);
ALTER TABLE job ADD COLUMN not_before TIMESTAMP WITH TIME ZONE;
ALTER TABLE job ADD COLUMN total_bytes BIGINT DEFAULT 0 NOT NULL;

ALTER TABLE job_lease ADD COLUMN datastore VARCHAR(4096);

CREATE INDEX job_lease_datastore ON job_lease (datastore);
