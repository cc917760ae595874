//! Typed page contexts and their templates.
