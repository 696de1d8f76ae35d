-- Who acts when a token is used, when that was, and which roles principals have.

ALTER TABLE api_token ADD COLUMN principal VARCHAR(200) DEFAULT '' NOT NULL;

-- Not a projection: requests write it.
CREATE TABLE api_token_use (
    token     UUID NOT NULL PRIMARY KEY,
    last_used TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE role_assignment (
    id         UUID         NOT NULL PRIMARY KEY,
    principal  VARCHAR(200) NOT NULL,
    role       VARCHAR(50)  NOT NULL,
    scope      VARCHAR(110) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX role_assignment_of ON role_assignment (principal);
CREATE INDEX role_assignment_at ON role_assignment (scope);
CREATE INDEX role_assignment_newest ON role_assignment (created_at, id);
