-- Second factors of users: an authenticator app with its sealed seed, one that waits for its first
-- code, and which factors are asked for.

CREATE TABLE user_mfa (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    totp_seed BYTEA,
    totp_device_name TEXT COLLATE "C",
    totp_last_step BIGINT,
    totp_pending_seed BYTEA,
    enabled TEXT COLLATE "C" NOT NULL,
    preferred TEXT COLLATE "C",
    version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, sub)
);
