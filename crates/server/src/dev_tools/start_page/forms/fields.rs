//! What the forms ask for.

/// A field.
pub(super) struct FieldSpec {
    /// Its name in the form.
    pub(super) name: &'static str,
    /// What stands beside it.
    pub(super) label: &'static str,
    /// What helps to fill it in; empty for nothing.
    pub(super) hint: &'static str,
    /// What kind of field it is.
    pub(super) kind: FieldKind,
    /// Whether it must be filled in.
    pub(super) is_required: bool,
    /// What stands for it in a command while it is not filled in.
    pub(super) stand_in: &'static str,
}

/// Kinds of fields.
pub(super) enum FieldKind {
    /// A line of text, and what is in it at first.
    Text(&'static str),
    /// A password.
    Password,
    /// Several lines of text, and what is in them at first.
    Lines(&'static str),
    /// A box, and whether it is ticked at first.
    Tick(bool),
    /// Values and what they are called; the first is chosen at first.
    Choice(&'static [(&'static str, &'static str)]),
    /// A group of the pool.
    Group,
}

impl FieldSpec {
    /// A line of text that must be filled in.
    pub(super) const fn text(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            hint: "",
            kind: FieldKind::Text(""),
            is_required: true,
            stand_in: "",
        }
    }

    /// The same field of another kind.
    pub(super) const fn kind(self, kind: FieldKind) -> Self {
        Self { kind, ..self }
    }

    /// The same field with what helps to fill it in.
    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// The same field, which may be left empty.
    pub(super) const fn optional(self) -> Self {
        Self {
            is_required: false,
            ..self
        }
    }

    /// The same field with what stands for it in a command.
    pub(super) const fn stand_in(self, stand_in: &'static str) -> Self {
        Self { stand_in, ..self }
    }
}
