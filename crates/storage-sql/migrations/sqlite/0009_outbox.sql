-- Messages leave by channel, so that mails that wait for a slow server do not hold text messages
-- up; and those that did not leave are counted for probes.

DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (channel, next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (next_attempt_at) WHERE last_error IS NOT NULL;

-- See 0001.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('outbox', 'outbox_due', '1000000 500000 10 1'),
    ('outbox', 'outbox_failed', '10000 10');
ANALYZE sqlite_schema;
