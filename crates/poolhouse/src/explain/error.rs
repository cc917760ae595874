//! An error in words.

use anyhow::bail;
use poolhouse_relying_party::shown::shown;
use poolhouse_server::error_dictionary::{Entry, Place, search};
use serde_json::json;

use super::Explanation;

/// Most errors that are shown.
const MOST_SHOWN: usize = 12;

/// Says what is known.
/// # Errors
/// When nothing is.
pub(super) fn explain(text: &str) -> anyhow::Result<Explanation> {
    let found = search(text);
    if found.is_empty() {
        bail!(
            "nothing is known of \"{}\": give the code (NotAuthorizedException, invalid_grant) or the \
             text as it came; docs/errors.md has them all",
            shown(text)
        );
    }
    let mut lines = Vec::new();
    for entry in found.iter().take(MOST_SHOWN) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph(entry));
    }
    if found.len() > MOST_SHOWN {
        let more = found.len() - MOST_SHOWN;
        lines.push(format!(
            "\nAnd {more} more: give more of the text, or see docs/errors.md."
        ));
    }
    let entries = found.iter().map(|entry| {
        json!({
            "place": place(entry.place), "status": entry.status, "code": entry.code,
            "text": entry.text, "operations": entry.operations,
            "cause": entry.words.cause, "remedy": entry.words.remedy,
        })
    });
    let json = json!({"kind": "error", "entries": entries.collect::<Vec<_>>()});
    Ok(Explanation { lines, json })
}

fn paragraph(entry: &Entry) -> Vec<String> {
    let head = [entry.code.as_str(), entry.text.as_str()];
    let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
    let status = match entry.status.as_str() {
        "" => String::new(),
        status => format!(", {status}"),
    };
    let mut lines = vec![
        head.join(": "),
        format!("  where:  {}{status}", place(entry.place)),
    ];
    if !entry.operations.is_empty() {
        lines.push(format!("  of:     {}", entry.operations.join(", ")));
    }
    lines.push(format!("  cause:  {}", entry.words.cause));
    lines.push(format!("  remedy: {}", entry.words.remedy));
    lines
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Api => "the JSON API",
        Place::Authorize => "/oauth2/authorize and /logout",
        Place::Token => "/oauth2/token",
        Place::Revoke => "/oauth2/revoke",
        Place::UserInfo => "/oauth2/userInfo",
        Place::Page => "a hosted page",
        Place::Tools => "the tools under /_poolhouse/",
        Place::AnyAddress => "any address",
    }
}
