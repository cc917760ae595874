//! SQLite: one writer thread, a few read connections used in place.

mod connection;
mod copy;
mod damage;
mod data_dir;
mod engine;
mod gathering;
mod readers;
mod writer;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use connection::{in_memory, open_file, run, set_write_pragmas};
pub(crate) use damage::{DamageWatch, check_schema, look_through, record_schema};
pub(crate) use data_dir::{DATABASE_FILE, DataDir, LastStop, is_empty_or_missing};
pub(crate) use engine::Sqlite;
