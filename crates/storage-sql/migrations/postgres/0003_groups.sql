-- Groups of users.
--
-- A membership is found by its user, for tokens, and by its group, for lists of members. `groups`
-- is a word of both engines' SQL, hence the names.

CREATE TABLE user_groups (
    pool_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C",
    role_arn TEXT COLLATE "C",
    precedence BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, name)
);

CREATE TABLE user_group_members (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    group_name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pool_id, sub, group_name)
);
CREATE INDEX user_group_members_group ON user_group_members (pool_id, group_name, sub);
