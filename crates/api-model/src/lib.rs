//! Wire types of the cognito-idp API: inputs, outputs, constraints, operations, error codes.
//!
//! Everything that varies with the API model is generated into `generated/` by
//! `cargo xtask codegen` from `spec/cognito-idp.model.json`; `wire/` is the small runtime it
//! stands on. Nothing here knows what an operation does.
//!
//! [`decode`] turns a request body into a typed input or says why not; [`encode`] turns an
//! output into a response body.

mod error;
mod generated;
mod operation;
pub mod schema;
#[cfg(test)]
mod tests;
mod wire;

pub use error::RequestError;
pub use generated::error_code::ErrorCode;
pub use generated::operation::Operation;
pub use generated::{operations, types};
pub use operation::OutputKind;
pub use wire::{
    Blob, Document, Input, InvalidDocument, MemberValue, Output, Sensitive, Timestamp, check,
    decode, decode_exempting, encode, member_from_json, member_to_json,
};
