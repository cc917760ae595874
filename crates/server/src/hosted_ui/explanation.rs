//! What the error page tells a developer: which rule failed, and how to mend it.

use std::sync::Arc;

use poolhouse_model::{AppClient, ClientId, UserPoolId};
use poolhouse_oauth::authorization_error::AuthorizationError;
use poolhouse_oauth::error::OAuthErrorCode;
use poolhouse_oauth::parameters::{DuplicateParameter, Parameters, ParametersError};
use poolhouse_templates::{Comparison, Explanation, MarkedText, RegisteredValue};

use super::address_difference::AddressDifference;
use crate::app::App;
use crate::error_dictionary::authorization::words;

/// Codes that the page may show.
const CODES: [OAuthErrorCode; 8] = [
    OAuthErrorCode::InvalidRequest,
    OAuthErrorCode::RedirectMismatch,
    OAuthErrorCode::UnauthorizedClient,
    OAuthErrorCode::InvalidScope,
    OAuthErrorCode::InvalidClient,
    OAuthErrorCode::LoginRequired,
    OAuthErrorCode::ServerError,
    OAuthErrorCode::TemporarilyUnavailable,
];

/// Facts that lead to the page rather than back to an application.
const FACTS: [AuthorizationError; 15] = [
    AuthorizationError::RedirectUriNotRegistered,
    AuthorizationError::NoIdentityProvider,
    AuthorizationError::ClientIdMissing,
    AuthorizationError::ClientUnknown,
    AuthorizationError::RedirectUriMissing,
    AuthorizationError::ResponseTypeMissing,
    AuthorizationError::Parameters(ParametersError::TooLong),
    AuthorizationError::Parameters(ParametersError::TooMany),
    AuthorizationError::DuplicateParameter(DuplicateParameter("client_id")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("redirect_uri")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("logout_uri")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("response_type")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("scope")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("state")),
    AuthorizationError::DuplicateParameter(DuplicateParameter("nonce")),
];

/// Finds the code of a text.
pub(super) fn find_code(text: &str) -> Option<OAuthErrorCode> {
    CODES.into_iter().find(|code| code.as_str() == text)
}

/// Finds the fact that a code and its description stand for.
pub(super) fn find_fact(
    code: OAuthErrorCode,
    description: Option<&str>,
) -> Option<AuthorizationError> {
    FACTS
        .into_iter()
        .filter(|fact| fact.code() == code)
        .find(|fact| {
            let is_named_by_its_code = matches!(
                code,
                OAuthErrorCode::RedirectMismatch | OAuthErrorCode::UnauthorizedClient
            );
            is_named_by_its_code || description.is_some_and(|text| text == fact.to_string())
        })
}

/// Explains a fact, beside what the client registered.
pub(super) async fn explain(
    app: &App,
    host_pool: Option<&UserPoolId>,
    fact: AuthorizationError,
    parameters: &Parameters,
) -> Explanation {
    let client = find_client(app, host_pool, parameters).await;
    let text = |name| parameters.single(name).ok().flatten().map(str::to_owned);
    match (fact, text("logout_uri"), client) {
        (AuthorizationError::RedirectUriMissing, Some(logout_uri), Some(client)) => {
            explain_logout_uri(logout_uri, &client)
        }
        (_, _, client) => Explanation {
            fact: sentence(&fact.to_string()),
            comparison: client.and_then(|client| compare(fact, text("redirect_uri"), &client)),
            remedy: words(&fact).remedy.to_owned(),
        },
    }
}

/// A `logout_uri` that is not registered counts as absent, and then `redirect_uri` is missed.
fn explain_logout_uri(received: String, client: &AppClient) -> Explanation {
    Explanation {
        fact: "The logout_uri is not registered for the client.".to_owned(),
        comparison: Some(side_by_side(
            ["logout_uri", "LogoutURLs"],
            Some(received),
            &client.settings.logout_urls,
        )),
        remedy: LOGOUT_REMEDY.to_owned(),
    }
}

/// What the client registered, where the fact is about `redirect_uri`.
fn compare(
    fact: AuthorizationError,
    received: Option<String>,
    client: &AppClient,
) -> Option<Comparison> {
    let is_about_redirect_uri = matches!(
        fact,
        AuthorizationError::RedirectUriMissing | AuthorizationError::RedirectUriNotRegistered
    );
    let names = ["redirect_uri", "CallbackURLs"];
    let registered = &client.settings.callback_urls;
    is_about_redirect_uri.then(|| side_by_side(names, received, registered))
}

/// A received address beside those that are registered, the nearest first.
fn side_by_side(
    [parameter, setting]: [&'static str; 2],
    received: Option<String>,
    registered: &[String],
) -> Comparison {
    let Some(received) = received else {
        let plain = |value: &String| RegisteredValue {
            value: MarkedText::plain(value),
            difference: None,
        };
        return Comparison {
            parameter,
            received: None,
            setting,
            registered: registered.iter().map(plain).collect(),
        };
    };
    let differences = registered.iter();
    let mut differences: Vec<_> = differences
        .map(|registered| AddressDifference::between(&received, registered))
        .collect();
    differences.sort_by_key(AddressDifference::distance);
    let nearest = differences.first().map(|nearest| nearest.received.clone());
    let to_value = |difference: AddressDifference| RegisteredValue {
        value: difference.registered,
        difference: Some(difference.words),
    };
    Comparison {
        parameter,
        received: Some(nearest.unwrap_or_else(|| MarkedText::plain(received))),
        setting,
        registered: differences.into_iter().map(to_value).collect(),
    }
}

/// The client that the query names, if the pool of the host has it.
pub(super) async fn find_client(
    app: &App,
    host_pool: Option<&UserPoolId>,
    parameters: &Parameters,
) -> Option<Arc<AppClient>> {
    let client_id = parameters.single("client_id").ok().flatten()?;
    let (pool, client) = app.service.client(&ClientId::new(client_id)).await.ok()?;
    host_pool
        .is_none_or(|host_pool| *host_pool == pool.id)
        .then_some(client)
}

const LOGOUT_REMEDY: &str = "Add it to the client's LogoutURLs exactly as it was sent, or send one \
    of those. Scheme, host, port, path and trailing slash all count. The sign-out parameters are \
    client_id and logout_uri; post_logout_redirect_uri and id_token_hint mean nothing here.";

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", characters.as_str())
}

#[cfg(test)]
mod tests {
    use poolhouse_oauth::authorization_error::ErrorDelivery;

    use super::*;

    #[test]
    fn every_fact_of_the_page_is_found_by_what_the_page_is_given() {
        for fact in FACTS {
            let found = find_fact(fact.code(), Some(&fact.to_string()));
            assert_eq!(found, Some(fact));
            assert!(find_code(fact.code().as_str()).is_some(), "{fact}");
        }
    }

    #[test]
    fn s51_a_text_of_somebody_else_stands_for_no_fact() {
        let code = OAuthErrorCode::InvalidRequest;
        assert_eq!(find_fact(code, Some("Call 555-0100 to unlock")), None);
        assert_eq!(find_fact(code, None), None);
        assert_eq!(find_code("<script>"), None);
    }

    #[test]
    fn facts_that_never_go_back_to_an_application_are_all_there() {
        let on_page = FACTS
            .iter()
            .filter(|fact| fact.delivery() == ErrorDelivery::Page);
        assert_eq!(on_page.count(), 9);
    }

    #[test]
    fn a_fact_reads_as_a_sentence() {
        assert_eq!(sentence("the client is unknown"), "The client is unknown.");
    }
}
