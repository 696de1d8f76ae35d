-- Links by which a recovery point can be read for a time.

CREATE TABLE point_link (
    id             UUID         NOT NULL PRIMARY KEY,
    hash           VARCHAR(64)  NOT NULL,
    vault          VARCHAR(50)  NOT NULL,
    instance       VARCHAR(50)  NOT NULL,
    recovery_point VARCHAR(100) NOT NULL,
    kind           VARCHAR(20)  NOT NULL,
    format         VARCHAR(20)  NOT NULL,
    created_by     VARCHAR(200) NOT NULL,
    created_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at     TIMESTAMP WITH TIME ZONE,
    last_used_at   TIMESTAMP WITH TIME ZONE,
    last_used_from VARCHAR(100),
    CONSTRAINT point_link_hash UNIQUE (hash)
);

CREATE INDEX point_link_newest ON point_link (created_at, id);
CREATE INDEX point_link_of_instance ON point_link (vault, instance);
