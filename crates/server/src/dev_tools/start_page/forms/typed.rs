//! What was typed into a form, or what is in it at first.

use poolhouse_oauth::parameters::Parameters;

use super::fields::{FieldKind, FieldSpec};

/// What was typed into a form; before that, what is in it at first.
pub(super) struct Typed<'a> {
    fields: &'static [FieldSpec],
    posted: Option<&'a Parameters>,
}

impl<'a> Typed<'a> {
    /// A form as it is shown at first.
    pub(super) fn nothing(fields: &'static [FieldSpec]) -> Self {
        Self {
            fields,
            posted: None,
        }
    }

    /// A form that was posted.
    pub(super) fn posted(fields: &'static [FieldSpec], posted: &'a Parameters) -> Self {
        Self {
            fields,
            posted: Some(posted),
        }
    }

    /// What is in a field.
    pub(super) fn value(&self, field: &FieldSpec) -> &str {
        match (self.posted, &field.kind) {
            (Some(posted), _) => posted.sole(field.name).unwrap_or_default(),
            (None, FieldKind::Text(text) | FieldKind::Lines(text)) => text,
            (None, FieldKind::Choice([(first, _), ..])) => first,
            (None, _) => "",
        }
    }

    /// A text, if one was typed; its stand-in in a form that was not filled in yet.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let field = self.field(name)?;
        let value = self.value(field);
        let is_to_come = self.posted.is_none() && value.is_empty() && field.is_required;
        let text = if is_to_come { field.stand_in } else { value };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The lines that were typed.
    pub(super) fn lines(&self, name: &str) -> Vec<&str> {
        let lines = self.text(name).unwrap_or_default().lines();
        let lines = lines.map(str::trim);
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Whether a box is ticked.
    pub(super) fn is_ticked(&self, name: &str) -> bool {
        self.field(name).is_some_and(|field| match self.posted {
            Some(_) => !self.value(field).is_empty(),
            None => matches!(field.kind, FieldKind::Tick(true)),
        })
    }

    fn field(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[FieldSpec] = &[
        FieldSpec::text("name", "").stand_in("NAME"),
        FieldSpec::text("email", "").optional().stand_in("EMAIL"),
        FieldSpec::text("urls", "").kind(FieldKind::Lines("http://a")),
        FieldSpec::text("box", "").kind(FieldKind::Tick(true)),
    ];

    #[test]
    fn an_untouched_form_has_stand_ins_for_what_must_be_filled_in() {
        let typed = Typed::nothing(FIELDS);
        assert_eq!(typed.text("name"), Some("NAME"));
        assert_eq!(typed.text("email"), None);
        assert_eq!(typed.lines("urls"), ["http://a"]);
        assert!(typed.is_ticked("box"));
    }

    #[test]
    fn what_was_posted_is_taken_as_it_is() {
        let posted = Parameters::default()
            .with("urls", "http://b\r\n\r\n http://c ")
            .with("email", "a@b");
        let typed = Typed::posted(FIELDS, &posted);
        assert_eq!(typed.text("name"), None);
        assert_eq!(typed.text("email"), Some("a@b"));
        assert_eq!(typed.lines("urls"), ["http://b", "http://c"]);
        assert!(!typed.is_ticked("box"));
    }
}
