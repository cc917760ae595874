//! The forms as pages show them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_templates::{Crumb, FormField, FormFieldKind, FormOption, FormPage, StartForm};

use super::super::paths;
use super::super::visit::{Visit, crumb};
use super::fields::{FieldKind, FieldSpec};
use super::typed::Typed;
use super::{FormName, Subject};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the form that makes a pool.
pub(in super::super) async fn of_server(
    State(app): State<Arc<App>>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    show(&visit, FormName::NewPool, &Subject::default())
}

/// Shows a form of a pool.
pub(in super::super) async fn of_pool(
    State(app): State<Arc<App>>,
    Path((pool_id, name)): Path<(String, String)>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    match Subject::of_form(&visit, pool_id, &name).await {
        Ok((name, subject)) => show(&visit, name, &subject),
        Err(missing) => *missing,
    }
}

fn show(visit: &Visit<'_>, name: FormName, subject: &Subject) -> Response {
    let page = FormPage {
        frame: visit.frame(above(subject)),
        form: form(visit, name, subject),
    };
    visit.answer(StatusCode::OK, &page)
}

/// A form as it is shown at first.
pub(in super::super) fn form(visit: &Visit<'_>, name: FormName, subject: &Subject) -> StartForm {
    filled_in(visit, name, subject, &Typed::nothing(name.spec().fields))
}

/// A form with what was typed into it, but for passwords.
pub(super) fn filled_in(
    visit: &Visit<'_>,
    name: FormName,
    subject: &Subject,
    typed: &Typed<'_>,
) -> StartForm {
    let spec = name.spec();
    let calls = (spec.calls)(subject, typed);
    let commands = calls.iter().map(|call| call.command(visit.app));
    let lead = Some(spec.lead.to_owned());
    StartForm {
        id: name.name().to_owned(),
        title: (spec.title)(subject),
        lead: lead.filter(|lead| !lead.is_empty()),
        action: subject.path(name),
        csrf_token: visit.csrf_token.clone(),
        fields: spec
            .fields
            .iter()
            .map(|field| on_page(field, subject, typed))
            .collect(),
        submit: spec.submit.to_owned(),
        is_destructive: spec.is_destructive,
        problem: None,
        command: commands.collect::<Vec<_>>().join("\n"),
    }
}

/// The pages above a form.
pub(super) fn above(subject: &Subject) -> Vec<Crumb> {
    let Some(pool) = &subject.pool else {
        return Vec::new();
    };
    let mut above = vec![crumb(&pool.name, &paths::pool(pool.id.as_str()))];
    if !subject.username.is_empty() {
        above.push(crumb(&subject.username, &subject.page()));
    }
    above
}

fn on_page(field: &FieldSpec, subject: &Subject, typed: &Typed<'_>) -> FormField {
    let option = |value: &str, label: &str| FormOption {
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let kind = match &field.kind {
        FieldKind::Text(_) => FormFieldKind::Text,
        FieldKind::Password => FormFieldKind::Password,
        FieldKind::Lines(_) => FormFieldKind::Lines,
        FieldKind::Tick(_) => FormFieldKind::Tick {
            is_ticked: typed.is_ticked(field.name),
        },
        FieldKind::Choice(options) => {
            let options = options.iter();
            let options = options.map(|(value, label)| option(value, label));
            FormFieldKind::Choice(options.collect())
        }
        FieldKind::Group => {
            let names = subject.groups.iter();
            FormFieldKind::Choice(names.map(|name| option(name, name)).collect())
        }
    };
    let is_password = kind == FormFieldKind::Password;
    let value = if is_password { "" } else { typed.value(field) };
    let hint = Some(field.hint.to_owned());
    FormField {
        name: field.name.to_owned(),
        label: field.label.to_owned(),
        hint: hint.filter(|hint| !hint.is_empty()),
        kind,
        value: value.to_owned(),
        is_required: field.is_required,
    }
}
