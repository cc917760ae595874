-- What goes with an app client is rarely looked for and often written: a sign-in would write two
-- index entries so that the deletion of a client reads fewer rows.

DROP INDEX token_families_client;
DROP INDEX authorization_codes_client;
