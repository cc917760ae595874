//! `GET /_poolhouse/playground/errors`: what the dictionary says of an error.

use std::borrow::Cow;

use axum::extract::RawQuery;
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;

use crate::dev_tools::json_answer::{json_answer, json_refusal};
use crate::error_dictionary::{self, Entry, Place};

/// Characters of an error that are looked up.
const LONGEST_ERROR: usize = 1024;

/// An entry of the dictionary.
#[derive(Debug, Serialize)]
struct Told {
    place: &'static str,
    status: String,
    code: String,
    text: String,
    cause: &'static str,
    remedy: &'static str,
}

/// Finds the entries of an error code or text: `?error=invalid_grant`.
pub(super) async fn find(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    let error = parameters.find(|(name, _)| name == "error");
    let error = error.map_or(Cow::Borrowed(""), |(_, value)| value);
    if error.is_empty() || error.len() > LONGEST_ERROR {
        let text = "Say error: a code or a text of an error, of 1024 bytes at most.";
        return json_refusal(StatusCode::BAD_REQUEST, text);
    }
    let found = error_dictionary::find(&error);
    let told: Vec<Told> = found.into_iter().map(Told::from).collect();
    json_answer(StatusCode::OK, &told)
}

impl From<Entry> for Told {
    fn from(entry: Entry) -> Self {
        let place = match entry.place {
            Place::Api => "api",
            Place::Authorize => "authorize",
            Place::Token => "token",
            Place::Revoke => "revoke",
            Place::UserInfo => "userinfo",
            Place::Page => "page",
            Place::Tools => "tools",
            Place::AnyAddress => "any",
        };
        Self {
            place,
            status: entry.status,
            code: entry.code,
            text: entry.text,
            cause: entry.words.cause,
            remedy: entry.words.remedy,
        }
    }
}
