//! What Poolhouse keeps and how it is changed, without a word of SQL.
//!
//! Reads are small traits, one per entity. A change is a value: a [`WriteBatch`] of guarded
//! [`Write`]s made from data already read, which an engine runs whole or not at all.

mod error;
mod repositories;
mod snapshot;
pub mod suite;
mod write;

pub use error::{Conflict, StorageError};
pub use repositories::{
    AppClients, Codes, Domains, FailedMessages, Groups, Housekeeping, ListedUser, Lockouts, Outbox,
    PageRequest, PasswordHistory, ResourceServers, SecondFactors, SignIns, SignedInUser, Storage,
    UiCustomizations, UserPlace, UserPools, Users, WholeStore, Writer,
};
pub use snapshot::StoreSnapshot;
pub use write::{Write, WriteBatch};
