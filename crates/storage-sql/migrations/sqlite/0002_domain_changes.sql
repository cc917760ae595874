-- What UpdateUserPoolDomain changes. A domain of the first release is at its first version.

ALTER TABLE domains ADD COLUMN security_policy TEXT;
ALTER TABLE domains ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
