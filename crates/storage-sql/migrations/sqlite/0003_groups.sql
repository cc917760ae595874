-- Groups of users.
--
-- A membership is found by its user, for tokens, and by its group, for lists of members. `groups`
-- is a word of both engines' SQL, hence the names.

CREATE TABLE user_groups (
    pool_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    role_arn TEXT,
    precedence INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (pool_id, name)
) STRICT;

CREATE TABLE user_group_members (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    group_name TEXT NOT NULL,
    PRIMARY KEY (pool_id, sub, group_name)
) WITHOUT ROWID, STRICT;
CREATE INDEX user_group_members_group ON user_group_members (pool_id, group_name, sub);

-- What the planner assumes, as in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('user_groups', 'sqlite_autoindex_user_groups_1', '1000000 100000 1'),
    ('user_group_members', 'user_group_members', '1000000 100000 5 1'),
    ('user_group_members', 'user_group_members_group', '1000000 100000 1000 1');
-- Makes this connection read them.
ANALYZE sqlite_schema;
