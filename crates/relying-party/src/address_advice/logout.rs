//! An address that ends the session of the browser.

use super::query::Query;
use super::{Fault, redirect_target};

/// What it is, and what is wrong.
/// Source: AWS page "Logout endpoint".
pub(super) fn advise(query: &Query) -> (String, Vec<Fault>) {
    let mut faults = Vec::new();
    if query.filled("client_id").is_none() {
        faults.push(Fault::wrong("client_id is missing."));
    }
    let (logout, redirect) = (query.filled("logout_uri"), query.filled("redirect_uri"));
    match (logout, redirect) {
        (Some(target), _) => faults.extend(redirect_target::faults("logout_uri", target)),
        (None, Some(target)) => {
            faults.extend(redirect_target::faults("redirect_uri", target));
            if query.filled("response_type").is_none() {
                faults.push(Fault::wrong(
                    "redirect_uri signs out and in again, and needs response_type=code beside it. To \
                     leave, write logout_uri.",
                ));
            }
        }
        (None, None) => faults.push(Fault::wrong(
            "logout_uri is missing: the session ends, and the browser stays on an error page.",
        )),
    }
    if query.has("post_logout_redirect_uri") || query.has("id_token_hint") {
        faults.push(Fault::wrong(
            "post_logout_redirect_uri and id_token_hint are OpenID Connect's; Cognito wants client_id \
             and logout_uri.",
        ));
    }
    let summary = if logout.is_none() && redirect.is_some() {
        "An address that ends the session of the browser and begins another sign-in."
    } else {
        "An address that ends the session of the browser. Tokens stay good until they expire or are \
         revoked."
    };
    (summary.to_owned(), faults)
}
