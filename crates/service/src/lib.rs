//! Use cases: every rule of Poolhouse, one file each.
