-- The look of hosted pages: a stylesheet and a logo, of a client or (client_id ALL) of all clients
-- that have none of their own.

CREATE TABLE ui_customizations (
    pool_id TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    css TEXT COLLATE "C",
    css_fingerprint TEXT COLLATE "C",
    logo BYTEA,
    logo_format TEXT COLLATE "C",
    logo_fingerprint TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, client_id)
);
