-- Second factors of users: an authenticator app with its sealed seed, one that waits for its first
-- code, and which factors are asked for.

CREATE TABLE user_mfa (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    totp_seed BLOB,
    totp_device_name TEXT,
    totp_last_step INTEGER,
    totp_pending_seed BLOB,
    enabled TEXT NOT NULL,
    preferred TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub)
) WITHOUT ROWID, STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('user_mfa', 'user_mfa', '1000000 100000 1');
ANALYZE sqlite_schema;
