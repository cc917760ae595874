-- The look of hosted pages: a stylesheet and a logo, of a client or (client_id ALL) of all clients
-- that have none of their own.

CREATE TABLE ui_customizations (
    pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    css TEXT,
    css_fingerprint TEXT,
    logo BLOB,
    logo_format TEXT,
    logo_fingerprint TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (pool_id, client_id)
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ui_customizations', 'sqlite_autoindex_ui_customizations_1', '1000000 100000 1');
ANALYZE sqlite_schema;
