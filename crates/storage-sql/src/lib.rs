//! SQLite and PostgreSQL engines behind the storage traits.
//!
//! One SQL text serves both engines; what differs sits in `dialect.rs` and in the two migration
//! folders. A write is a list of guarded statements that an engine runs whole or not at all.

mod backfill;
mod db;
mod dialect;
mod entities;
mod migrations;
mod open;
mod postgres;
mod sqlite;
mod statement;
mod table_copy;
mod value;
mod whole_store;

pub use open::{OpenError, OpenOptions, SqlStorage};
