//! Development commands of Poolhouse.
fn main() {}
