//! An address that brings the answer back to the app, and the page that shows an error.

use url::Url;

use super::Fault;
use super::query::Query;
use crate::shown::shown;

/// What the errors of an authorization answer mean.
/// Source: RFC 6749 section 4.1.2.1; OpenID Connect Core section 3.1.2.6; AWS page "Authorize
/// endpoint".
const ERRORS: [(&str, &str); 9] = [
    (
        "invalid_request",
        "a parameter is missing, unknown or malformed: explain the address that began the sign-in",
    ),
    (
        "unauthorized_client",
        "the client may not use this grant: see its AllowedOAuthFlows",
    ),
    ("access_denied", "the user, or the server, said no"),
    (
        "unsupported_response_type",
        "the server does not know this response_type",
    ),
    (
        "invalid_scope",
        "a scope is not among the client's AllowedOAuthScopes, or does not exist",
    ),
    ("server_error", "the server failed: its log says why"),
    (
        "login_required",
        "prompt=none was asked for, and the browser is not signed in",
    ),
    (
        "interaction_required",
        "prompt=none was asked for, and the user has to do something",
    ),
    (
        "redirect_mismatch",
        "the redirect_uri is not registered with the client, letter for letter",
    ),
];

/// What it is, and what is wrong.
pub(super) fn advise(address: &Url, query: &Query) -> (String, Vec<Fault>) {
    let mut faults = Vec::new();
    let host = shown(address.host_str().unwrap_or_default());
    let summary = if let Some(error) = query.get("error") {
        faults.push(error_fault(query, error));
        format!("A refusal that came back to the app at {host}.")
    } else if query.has("code") {
        if query.is_in_fragment("code") {
            faults.push(Fault::doubtful(
                "The code comes behind the #: only a script in the page sees it.",
            ));
        }
        format!(
            "An answer to a sign-in, with a code for the app at {host}. The app compares state and \
             exchanges the code at the token endpoint, once and soon. Do not pass it on."
        )
    } else {
        if !query.is_in_fragment("access_token") && !query.is_in_fragment("id_token") {
            faults.push(Fault::wrong(
                "Tokens stand in the query, where servers and logs see them; they belong behind the #.",
            ));
        }
        format!(
            "An answer to an implicit sign-in, with tokens for the page at {host}. Do not pass it on."
        )
    };
    if query.filled("state").is_none() {
        faults.push(Fault::doubtful(
            "There is no state: if the app sent one, this answer is not for its question.",
        ));
    }
    (summary, faults)
}

/// What the error page says.
pub(super) fn advise_error_page(query: &Query) -> (String, Vec<Fault>) {
    let error = query.get("error").unwrap_or_default();
    let summary = "The page on which the server shows an error that it may not send to an app: the \
                   client or the redirect_uri is not what it knows.";
    (summary.to_owned(), vec![error_fault(query, error)])
}

fn error_fault(query: &Query, error: &str) -> Fault {
    let known = ERRORS.iter().find(|(known, _)| *known == error);
    let meaning = known.map_or("poolhouse explain may know more of it", |(_, meaning)| {
        meaning
    });
    let described = query
        .filled("error_description")
        .map(|text| format!(" (\"{}\")", shown(text)));
    Fault::wrong(format!(
        "{}{}: {meaning}.",
        shown(error),
        described.unwrap_or_default()
    ))
}
