-- Resource servers. Their scopes are a JSON list of name and description.

CREATE TABLE resource_servers (
    pool_id TEXT COLLATE "C" NOT NULL,
    identifier TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, identifier)
);
