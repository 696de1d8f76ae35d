-- Resource guards, the vaults that have one, and requests for their approval.

CREATE TABLE resource_guard (
    name       VARCHAR(50)  NOT NULL PRIMARY KEY,
    operations VARCHAR(500) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE vault_guard (
    vault VARCHAR(50) NOT NULL PRIMARY KEY,
    guard VARCHAR(50) NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE approval_request (
    id           UUID          NOT NULL PRIMARY KEY,
    guard        VARCHAR(50)   NOT NULL,
    operation    VARCHAR(50)   NOT NULL,
    resource     VARCHAR(250)  NOT NULL,
    detail       VARCHAR(2000) NOT NULL,
    requester    VARCHAR(200)  NOT NULL,
    status       VARCHAR(20)   NOT NULL,
    approver     VARCHAR(200),
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_at   TIMESTAMP WITH TIME ZONE,
    usable_until TIMESTAMP WITH TIME ZONE,
    used_at      TIMESTAMP WITH TIME ZONE
);

CREATE INDEX approval_request_of ON approval_request (requester, resource);
CREATE INDEX approval_request_newest ON approval_request (requested_at, id);
