//! PostgreSQL: a bounded pool of connections, one pipelined transaction for each write.

mod connect;
mod copy;
mod engine;
mod failure;
mod migrate;
mod params;

#[cfg(test)]
mod tests;

pub(crate) use engine::Postgres;
