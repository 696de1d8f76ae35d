-- Who is signed in with a browser. Not a projection: requests write it, and it is no history.

CREATE TABLE web_session (
    id         UUID         NOT NULL PRIMARY KEY,
    hash       VARCHAR(64)  NOT NULL,
    principal  VARCHAR(255) NOT NULL,
    token      UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_used  TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT web_session_hash UNIQUE (hash)
);

CREATE INDEX web_session_of ON web_session (principal, created_at);
CREATE INDEX web_session_newest ON web_session (created_at, id);
