//! The store as a whole, for test suites: emptied, copied under a name, and put back.
//!
//! While that happens no request is under way: each holds a [`StoreLease`], and what replaces the
//! store waits until all are given back. So no request decides by what was there before and
//! writes into what is there after.

mod failure;
mod lease;
mod reset;
mod snapshots;

pub(crate) use snapshots::KeptSnapshots;

pub use failure::WholeStoreFailure;
pub use lease::StoreLease;
pub use snapshots::SnapshotFacts;
