-- Passwords that users had before, so that they do not come again.

CREATE TABLE password_history (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    replaced_by_version BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, sub, replaced_by_version)
);
