-- Tables of the first release.
--
-- The pool leads every key and index, so that rows can be spread over servers by pool. Exceptions:
-- the two directories (client and domain to pool), the indexes by which expired rows are found,
-- and those of the outbox. Instants are milliseconds since 1970, booleans 0 or 1.
--
-- Tables of short rows are clustered by their key (WITHOUT ROWID): one tree less to write.

CREATE TABLE store_values (
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID, STRICT;

CREATE TABLE user_pools (
    pool_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (pool_id)
) STRICT;

CREATE TABLE pool_keys (
    pool_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    key_use TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, key_id)
) STRICT;

CREATE TABLE app_clients (
    pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed_secret BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (pool_id, client_id)
) STRICT;

CREATE TABLE client_directory (
    client_id TEXT NOT NULL,
    pool_id TEXT NOT NULL,
    PRIMARY KEY (client_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE domains (
    pool_id TEXT NOT NULL,
    domain TEXT NOT NULL,
    is_custom INTEGER NOT NULL,
    certificate_arn TEXT,
    managed_login_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, domain)
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX domains_kind ON domains (pool_id, is_custom);

CREATE TABLE domain_directory (
    domain TEXT NOT NULL,
    pool_id TEXT NOT NULL,
    PRIMARY KEY (domain)
) WITHOUT ROWID, STRICT;

CREATE TABLE users (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    username TEXT NOT NULL,
    status TEXT NOT NULL,
    is_enabled INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    password_hash TEXT,
    srp_salt TEXT,
    srp_verifier BLOB,
    password_expires_at INTEGER,
    token_generation INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub)
) STRICT;

CREATE TABLE sign_in_names (
    pool_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,
    sub TEXT NOT NULL,
    PRIMARY KEY (pool_id, kind, folded)
) WITHOUT ROWID, STRICT;
CREATE INDEX sign_in_names_sub ON sign_in_names (pool_id, sub);

CREATE TABLE token_families (
    pool_id TEXT NOT NULL,
    origin_jti TEXT NOT NULL,
    sub TEXT NOT NULL,
    client_id TEXT NOT NULL,
    token_generation INTEGER NOT NULL,
    scope TEXT NOT NULL,
    origin TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    rotation INTEGER NOT NULL,
    rotated_at INTEGER,
    nonce TEXT,
    resource TEXT,
    PRIMARY KEY (pool_id, origin_jti)
) WITHOUT ROWID, STRICT;
CREATE INDEX token_families_sub ON token_families (pool_id, sub);
CREATE INDEX token_families_client ON token_families (pool_id, client_id);
CREATE INDEX token_families_end ON token_families (expires_at);

CREATE TABLE authorization_codes (
    pool_id TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    client_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    token_generation INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    resource TEXT,
    authenticated_at INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    spent_at INTEGER,
    origin_jti TEXT,
    PRIMARY KEY (pool_id, code_hash)
) WITHOUT ROWID, STRICT;
CREATE INDEX authorization_codes_sub ON authorization_codes (pool_id, sub);
CREATE INDEX authorization_codes_client ON authorization_codes (pool_id, client_id);
CREATE INDEX authorization_codes_end ON authorization_codes (expires_at);

CREATE TABLE challenge_sessions (
    pool_id TEXT NOT NULL,
    id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    spent_at INTEGER,
    PRIMARY KEY (pool_id, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX challenge_sessions_end ON challenge_sessions (expires_at);

CREATE TABLE browser_sessions (
    pool_id TEXT NOT NULL,
    cookie_hash BLOB NOT NULL,
    sub TEXT NOT NULL,
    token_generation INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, cookie_hash)
) WITHOUT ROWID, STRICT;
CREATE INDEX browser_sessions_sub ON browser_sessions (pool_id, sub);
CREATE INDEX browser_sessions_end ON browser_sessions (expires_at);

CREATE TABLE lockouts (
    pool_id TEXT NOT NULL,
    name_key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_failure_at INTEGER NOT NULL,
    previous_failure_at INTEGER,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, name_key)
) WITHOUT ROWID, STRICT;
CREATE INDEX lockouts_end ON lockouts (expires_at);

CREATE TABLE confirmation_codes (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    purpose TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    attribute TEXT NOT NULL,
    destination TEXT NOT NULL,
    tries INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub, purpose)
) WITHOUT ROWID, STRICT;
CREATE INDEX confirmation_codes_end ON confirmation_codes (expires_at);

CREATE TABLE outbox (
    pool_id TEXT NOT NULL,
    id TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sealed_content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER,
    attempts INTEGER NOT NULL,
    sent_at INTEGER,
    last_error TEXT,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, id)
) STRICT;
CREATE INDEX outbox_due ON outbox (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outbox_id ON outbox (id);
CREATE INDEX outbox_recipient ON outbox (recipient, id);
CREATE INDEX outbox_end ON outbox (expires_at);

-- What the planner assumes: many rows in a pool, few for a user. Without it an index that starts
-- with the pool is passed over for the key of the table, and all rows of the pool are read.
-- Each line: rows, then rows that share the first column, the first two, and so on.
ANALYZE user_pools;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('pool_keys', 'sqlite_autoindex_pool_keys_1', '1000000 100000 1'),
    ('app_clients', 'sqlite_autoindex_app_clients_1', '1000000 100000 1'),
    ('domains', 'domains', '1000000 100000 1'),
    ('domains', 'domains_kind', '1000000 100000 1'),
    ('users', 'sqlite_autoindex_users_1', '1000000 100000 1'),
    ('sign_in_names', 'sign_in_names', '1000000 100000 20000 1'),
    ('sign_in_names', 'sign_in_names_sub', '1000000 100000 5'),
    ('token_families', 'token_families', '1000000 100000 1'),
    ('token_families', 'token_families_sub', '1000000 100000 5'),
    ('token_families', 'token_families_client', '1000000 100000 20000'),
    ('token_families', 'token_families_end', '1000000 10'),
    ('authorization_codes', 'authorization_codes', '1000000 100000 1'),
    ('authorization_codes', 'authorization_codes_sub', '1000000 100000 5'),
    ('authorization_codes', 'authorization_codes_client', '1000000 100000 20000'),
    ('authorization_codes', 'authorization_codes_end', '1000000 10'),
    ('challenge_sessions', 'challenge_sessions', '1000000 100000 1'),
    ('challenge_sessions', 'challenge_sessions_end', '1000000 10'),
    ('browser_sessions', 'browser_sessions', '1000000 100000 1'),
    ('browser_sessions', 'browser_sessions_sub', '1000000 100000 5'),
    ('browser_sessions', 'browser_sessions_end', '1000000 10'),
    ('lockouts', 'lockouts', '1000000 100000 1'),
    ('lockouts', 'lockouts_end', '1000000 10'),
    ('confirmation_codes', 'confirmation_codes', '1000000 100000 2 1'),
    ('confirmation_codes', 'confirmation_codes_end', '1000000 10'),
    ('outbox', 'sqlite_autoindex_outbox_1', '1000000 100000 1'),
    ('outbox', 'outbox_due', '1000000 10 1'),
    ('outbox', 'outbox_id', '1000000 1'),
    ('outbox', 'outbox_recipient', '1000000 10 1'),
    ('outbox', 'outbox_end', '1000000 10');
-- Makes this connection read them.
ANALYZE sqlite_schema;
