-- Resource servers. Their scopes are a JSON list of name and description.

CREATE TABLE resource_servers (
    pool_id TEXT NOT NULL,
    identifier TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (pool_id, identifier)
) STRICT;

-- What the planner assumes, as in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('resource_servers', 'sqlite_autoindex_resource_servers_1', '1000000 100000 1');
-- Makes this connection read them.
ANALYZE sqlite_schema;
