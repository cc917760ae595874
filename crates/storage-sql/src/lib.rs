//! SQLite and PostgreSQL engines behind the storage traits.
