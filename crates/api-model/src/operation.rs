//! What the front end knows about each operation.

use crate::generated::error_code::ErrorCode;
use crate::generated::operation::Operation;
use crate::schema::{ConstraintAt, Member, Shape};

/// What an operation answers on success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// No output in the model: a body of no bytes.
    Nothing,
    /// An output without members: `{}`.
    Empty,
    /// An output with members.
    Structure,
}

/// One operation of the model.
pub(crate) struct OperationInfo {
    pub(crate) name: &'static str,
    pub(crate) is_unsigned: bool,
    pub(crate) errors: &'static [ErrorCode],
    pub(crate) output_kind: OutputKind,
    pub(crate) input: &'static Shape,
    pub(crate) output: Option<&'static Shape>,
}

impl Operation {
    /// Finds an operation by its name, the part of `X-Amz-Target` after the dot.
    pub fn from_name(name: &str) -> Option<Self> {
        let at = Self::ALL
            .binary_search_by(|operation| operation.name().cmp(name))
            .ok()?;
        Self::ALL.get(at).copied()
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether it is called without a signature.
    pub fn is_unsigned(self) -> bool {
        self.info().is_unsigned
    }

    /// The errors that the model declares for it.
    pub fn errors(self) -> &'static [ErrorCode] {
        self.info().errors
    }

    /// What it answers on success.
    pub fn output_kind(self) -> OutputKind {
        self.info().output_kind
    }

    /// The shape of its input.
    pub fn input(self) -> &'static Shape {
        self.info().input
    }

    /// The shape of its output, if it has one.
    pub fn output(self) -> Option<&'static Shape> {
        self.info().output
    }

    /// The members of its input, in alphabetical order.
    pub fn input_members(self) -> &'static [Member] {
        self.input().members()
    }

    /// Every constraint on its input, at any depth.
    pub fn constraints(self) -> Vec<ConstraintAt> {
        self.input().nested_constraints()
    }
}
