//! Repository traits, write values, storage errors and the conformance suite.
