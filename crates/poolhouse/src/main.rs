//! The `poolhouse` command.
fn main() {}
