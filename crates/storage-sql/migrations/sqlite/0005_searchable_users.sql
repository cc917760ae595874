-- What users are found by in lists. Values are folded by the program, which also adds the rows of
-- users who were there before this migration.

CREATE TABLE searchable_attributes (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    attribute TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (pool_id, sub, attribute)
) WITHOUT ROWID, STRICT;
CREATE INDEX searchable_attributes_value
    ON searchable_attributes (pool_id, attribute, folded, sub);

CREATE INDEX users_status ON users (pool_id, status, sub);
CREATE INDEX users_enabled ON users (pool_id, is_enabled, sub);

-- As in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('searchable_attributes', 'searchable_attributes', '1000000 100000 5 1'),
    ('searchable_attributes', 'searchable_attributes_value', '1000000 100000 20000 2 1'),
    ('users', 'users_status', '1000000 100000 20000 1'),
    ('users', 'users_enabled', '1000000 100000 50000 1');
ANALYZE sqlite_schema;
