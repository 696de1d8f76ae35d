-- Alerts, one for each cause.

CREATE TABLE alert (
    id                 VARCHAR(36)   NOT NULL PRIMARY KEY,
    kind               VARCHAR(50)   NOT NULL,
    severity           VARCHAR(20)   NOT NULL,
    state              VARCHAR(20)   NOT NULL,
    vault              VARCHAR(50),
    instance           VARCHAR(50),
    resource_group     VARCHAR(50),
    message            VARCHAR(4000) NOT NULL,
    recommended_action VARCHAR(1000) NOT NULL,
    occurrences        INTEGER       NOT NULL,
    first_time         TIMESTAMP WITH TIME ZONE NOT NULL,
    last_time          TIMESTAMP WITH TIME ZONE NOT NULL,
    job                VARCHAR(36),
    acknowledged_by    VARCHAR(200),
    acknowledged_time  TIMESTAMP WITH TIME ZONE,
    closed_by          VARCHAR(200),
    closed_time        TIMESTAMP WITH TIME ZONE,
    standing           BOOLEAN       NOT NULL
);

CREATE INDEX alert_newest ON alert (last_time, id);
CREATE INDEX alert_of_vault ON alert (vault, last_time, id);
CREATE INDEX alert_open ON alert (state, last_time, id);
CREATE INDEX alert_of_kind ON alert (kind, standing);
