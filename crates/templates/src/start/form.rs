//! A form of the start page: fields, and the command that does the same.

/// A form.
#[derive(Clone, Debug)]
pub struct StartForm {
    /// Begins the ids of its fields; no other form of the page has it.
    pub id: String,
    /// What it does, as heading.
    pub title: String,
    /// What is to be known before.
    pub lead: Option<String>,
    /// Where it is posted.
    pub action: String,
    /// Comes back in the field `_csrf`.
    pub csrf_token: String,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// What its button says.
    pub submit: String,
    /// Whether what it does cannot be undone.
    pub is_destructive: bool,
    /// Why it was refused.
    pub problem: Option<String>,
    /// The command of the AWS CLI that does the same.
    pub command: String,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name in the form.
    pub name: String,
    /// What stands beside it.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What kind of field it is.
    pub kind: FormFieldKind,
    /// What is in it.
    pub value: String,
    /// Whether it must be filled in.
    pub is_required: bool,
}

/// Kinds of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormFieldKind {
    /// A line of text.
    Text,
    /// A password, which no page shows again.
    Password,
    /// Several lines of text.
    Lines,
    /// A box that is ticked or not.
    Tick {
        /// It is.
        is_ticked: bool,
    },
    /// One of several values.
    Choice(Vec<FormOption>),
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOption {
    /// The value.
    pub value: String,
    /// What it is called.
    pub label: String,
}

pub(super) mod samples {
    use super::{FormField, FormFieldKind, FormOption, StartForm};

    /// A form with a field of each kind, `text` wherever a text goes.
    pub(crate) fn form(id: &str, text: &str) -> StartForm {
        let field = |name: &str, kind| FormField {
            name: name.to_owned(),
            label: text.to_owned(),
            hint: Some(text.to_owned()),
            kind,
            value: text.to_owned(),
            is_required: name == "a",
        };
        let option = FormOption {
            value: text.to_owned(),
            label: text.to_owned(),
        };
        StartForm {
            id: id.to_owned(),
            title: text.to_owned(),
            lead: Some(text.to_owned()),
            action: format!("/_poolhouse/{text}"),
            csrf_token: text.to_owned(),
            fields: vec![
                field("a", FormFieldKind::Text),
                field("b", FormFieldKind::Password),
                field("c", FormFieldKind::Lines),
                field("d", FormFieldKind::Tick { is_ticked: true }),
                field("e", FormFieldKind::Choice(vec![option])),
            ],
            submit: text.to_owned(),
            is_destructive: false,
            problem: Some(text.to_owned()),
            command: text.to_owned(),
        }
    }

    /// A form that is a button.
    pub(crate) fn button(id: &str, text: &str) -> StartForm {
        StartForm {
            lead: None,
            fields: Vec::new(),
            is_destructive: true,
            problem: None,
            ..form(id, text)
        }
    }
}
