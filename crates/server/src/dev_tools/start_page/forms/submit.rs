//! A form that is posted: its calls, and the page that shows what they did.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_templates::FormPage;
use serde_json::Value;

use super::super::api_call::ApiCall;
use super::super::visit::Visit;
use super::page::{above, filled_in, form};
use super::typed::Typed;
use super::{FormName, Subject};
use crate::app::App;
use crate::aws_json::ApiError;
use crate::hosted_ui::redirect;
use crate::oauth::FormRequest;

/// What a form says that does not carry the token of its browser.
const NOT_GENUINE: &str = "This form has expired, or this browser keeps no cookies. Send it again.";

/// Takes the form that makes a pool.
pub(in super::super) async fn submit_of_server(
    State(app): State<Arc<App>>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    submit(&visit, FormName::NewPool, &Subject::default()).await
}

/// Takes a form of a pool.
pub(in super::super) async fn submit_of_pool(
    State(app): State<Arc<App>>,
    Path((pool_id, name)): Path<(String, String)>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    match Subject::of_form(&visit, pool_id, &name).await {
        Ok((name, subject)) => submit(&visit, name, &subject).await,
        Err(missing) => *missing,
    }
}

async fn submit(visit: &Visit<'_>, name: FormName, subject: &Subject) -> Response {
    let spec = name.spec();
    let Ok(posted) = &visit.request.form else {
        let typed = Typed::nothing(spec.fields);
        let text = "The form is too long.";
        return refuse(visit, name, subject, &typed, StatusCode::BAD_REQUEST, text);
    };
    let typed = Typed::posted(spec.fields, posted);
    if !visit.is_genuine(posted) {
        return refuse(
            visit,
            name,
            subject,
            &typed,
            StatusCode::FORBIDDEN,
            NOT_GENUINE,
        );
    }
    let calls = (spec.calls)(subject, &typed);
    let (answers, failure) = run(visit, &calls).await;
    let Some(error) = failure else {
        let done = (spec.done)(subject, &answers);
        let commands = calls.iter().map(|call| call.command(visit.app));
        let commands = commands.collect::<Vec<_>>().join("\n");
        return redirect(&visit.done(&done.path, &done.text, commands));
    };
    let status = StatusCode::from_u16(error.code().status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = error.message().filter(|text| !text.is_empty());
    let text = text.unwrap_or(error.code().name());
    match &spec.goes_on {
        Some(goes_on) if !answers.is_empty() => {
            let subject = Subject {
                username: (goes_on.username)(&answers),
                ..subject.clone()
            };
            let text = format!("{} {text}", goes_on.text);
            let mut page = FormPage {
                frame: visit.frame(above(&subject)),
                form: form(visit, goes_on.form, &subject),
            };
            page.form.problem = Some(text);
            visit.answer(status, &page)
        }
        _ => refuse(visit, name, subject, &typed, status, text),
    }
}

/// Makes the calls one after the other, until one fails.
async fn run(visit: &Visit<'_>, calls: &[ApiCall]) -> (Vec<Value>, Option<ApiError>) {
    let mut answers = Vec::new();
    for call in calls {
        match call.run(visit.app, &visit.request.context).await {
            Ok(answer) => answers.push(answer),
            Err(error) => return (answers, Some(error)),
        }
    }
    (answers, None)
}

/// The form again, with what was typed and why it was refused.
fn refuse(
    visit: &Visit<'_>,
    name: FormName,
    subject: &Subject,
    typed: &Typed<'_>,
    status: StatusCode,
    text: &str,
) -> Response {
    let mut page = FormPage {
        frame: visit.frame(above(subject)),
        form: filled_in(visit, name, subject, typed),
    };
    page.form.problem = Some(text.to_owned());
    visit.answer(status, &page)
}
