-- What users are found by in lists. Values are folded by the program, which also adds the rows of
-- users who were there before this migration.

CREATE TABLE searchable_attributes (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    attribute TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pool_id, sub, attribute)
);
CREATE INDEX searchable_attributes_value
    ON searchable_attributes (pool_id, attribute, folded, sub);

CREATE INDEX users_status ON users (pool_id, status, sub);
CREATE INDEX users_enabled ON users (pool_id, is_enabled, sub);
