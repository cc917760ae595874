//! The conformance suite: what every engine must do, run by each backend.
