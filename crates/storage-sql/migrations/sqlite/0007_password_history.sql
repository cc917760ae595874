-- Passwords that users had before, so that they do not come again.

CREATE TABLE password_history (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    replaced_by_version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub, replaced_by_version)
) WITHOUT ROWID, STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('password_history', 'password_history', '1000000 100000 10 1');
ANALYZE sqlite_schema;
