-- Tables of the first release.
--
-- The pool leads every key and index, so that rows can be spread over servers by pool. Exceptions:
-- the two directories (client and domain to pool), the indexes by which expired rows are found,
-- and those of the outbox. Instants are milliseconds since 1970, booleans 0 or 1.
--
-- Text compares by bytes (collation "C"), as it does in SQLite.

CREATE TABLE store_values (
    name TEXT COLLATE "C" NOT NULL,
    value BYTEA NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE user_pools (
    pool_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    settings TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pool_id)
);

CREATE TABLE pool_keys (
    pool_id TEXT COLLATE "C" NOT NULL,
    key_id TEXT COLLATE "C" NOT NULL,
    key_use TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, key_id)
);

CREATE TABLE app_clients (
    pool_id TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    sealed_secret BYTEA,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    settings TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pool_id, client_id)
);

CREATE TABLE client_directory (
    client_id TEXT COLLATE "C" NOT NULL,
    pool_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (client_id)
);

CREATE TABLE domains (
    pool_id TEXT COLLATE "C" NOT NULL,
    domain TEXT COLLATE "C" NOT NULL,
    is_custom BIGINT NOT NULL,
    certificate_arn TEXT COLLATE "C",
    managed_login_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, domain)
);
CREATE UNIQUE INDEX domains_kind ON domains (pool_id, is_custom);

CREATE TABLE domain_directory (
    domain TEXT COLLATE "C" NOT NULL,
    pool_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (domain)
);

CREATE TABLE users (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    is_enabled BIGINT NOT NULL,
    attributes TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C",
    srp_salt TEXT COLLATE "C",
    srp_verifier BYTEA,
    password_expires_at BIGINT,
    token_generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, sub)
);

CREATE TABLE sign_in_names (
    pool_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (pool_id, kind, folded)
);
CREATE INDEX sign_in_names_sub ON sign_in_names (pool_id, sub);

CREATE TABLE token_families (
    pool_id TEXT COLLATE "C" NOT NULL,
    origin_jti TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    token_generation BIGINT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    authenticated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    rotation BIGINT NOT NULL,
    rotated_at BIGINT,
    nonce TEXT COLLATE "C",
    resource TEXT COLLATE "C",
    PRIMARY KEY (pool_id, origin_jti)
);
CREATE INDEX token_families_sub ON token_families (pool_id, sub);
CREATE INDEX token_families_client ON token_families (pool_id, client_id);
CREATE INDEX token_families_end ON token_families (expires_at);

CREATE TABLE authorization_codes (
    pool_id TEXT COLLATE "C" NOT NULL,
    code_hash BYTEA NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    token_generation BIGINT NOT NULL,
    redirect_uri TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    nonce TEXT COLLATE "C",
    code_challenge TEXT COLLATE "C",
    resource TEXT COLLATE "C",
    authenticated_at BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT,
    origin_jti TEXT COLLATE "C",
    PRIMARY KEY (pool_id, code_hash)
);
CREATE INDEX authorization_codes_sub ON authorization_codes (pool_id, sub);
CREATE INDEX authorization_codes_client ON authorization_codes (pool_id, client_id);
CREATE INDEX authorization_codes_end ON authorization_codes (expires_at);

CREATE TABLE challenge_sessions (
    pool_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    spent_at BIGINT,
    PRIMARY KEY (pool_id, id)
);
CREATE INDEX challenge_sessions_end ON challenge_sessions (expires_at);

CREATE TABLE browser_sessions (
    pool_id TEXT COLLATE "C" NOT NULL,
    cookie_hash BYTEA NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    token_generation BIGINT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, cookie_hash)
);
CREATE INDEX browser_sessions_sub ON browser_sessions (pool_id, sub);
CREATE INDEX browser_sessions_end ON browser_sessions (expires_at);

CREATE TABLE lockouts (
    pool_id TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    failures BIGINT NOT NULL,
    last_failure_at BIGINT NOT NULL,
    previous_failure_at BIGINT,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, name_key)
);
CREATE INDEX lockouts_end ON lockouts (expires_at);

CREATE TABLE confirmation_codes (
    pool_id TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    code_hash BYTEA NOT NULL,
    attribute TEXT COLLATE "C" NOT NULL,
    destination TEXT COLLATE "C" NOT NULL,
    tries BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, sub, purpose)
);
CREATE INDEX confirmation_codes_end ON confirmation_codes (expires_at);

CREATE TABLE outbox (
    pool_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    sealed_content BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT,
    attempts BIGINT NOT NULL,
    sent_at BIGINT,
    last_error TEXT COLLATE "C",
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_id, id)
);
CREATE INDEX outbox_due ON outbox (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outbox_id ON outbox (id);
CREATE INDEX outbox_recipient ON outbox (recipient, id);
CREATE INDEX outbox_end ON outbox (expires_at);
