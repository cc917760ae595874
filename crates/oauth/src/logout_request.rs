//! A request to the sign-out endpoint.
//!
//! Source: AWS page "Logout endpoint". This is not the RP-initiated logout of OpenID Connect:
//! `post_logout_redirect_uri` and `id_token_hint` are not honoured. Whatever comes of a request,
//! the browser session has ended by then.

use poolhouse_model::ClientId;

use crate::parameters::{DuplicateParameter, Parameters, ParametersError, read_client_id};
use crate::redirect_uri::RedirectUri;
use crate::scope::Scopes;

/// Parameters that only mean something at sign-out, or nothing at all there.
const NOT_PASSED_ON: [&str; 3] = ["logout_uri", "identity_provider", "idp_identifier"];

/// Where the browser goes after sign-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutDestination {
    /// To a registered sign-out URL.
    LogoutUri(RedirectUri),
    /// To the sign-in page, with this query.
    SignIn(Parameters),
}

/// What the client registered, as far as a sign-out can ask for it.
#[derive(Clone, Copy, Debug)]
pub struct LogoutPolicy<'a> {
    /// Sign-out URLs.
    pub logout_urls: &'a [String],
    /// Redirect URIs.
    pub callback_urls: &'a [String],
    /// Scopes that stand for an absent `scope`.
    pub allowed_scopes: &'a Scopes,
}

/// A fact that leads to the error page; `Display` is the page's detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoutError {
    /// The parameters could not be decoded.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A parameter came more than once.
    #[error(transparent)]
    DuplicateParameter(#[from] DuplicateParameter),
    /// `client_id` is absent.
    #[error("Required String parameter 'client_id' is not present")]
    ClientIdMissing,
    /// There is no such client.
    #[error("the client is unknown")]
    ClientUnknown,
    /// There is no registered `logout_uri`, and no `redirect_uri` either.
    #[error("Required String parameter 'redirect_uri' is not present")]
    RedirectUriMissing,
    /// `redirect_uri` is not one that the client registered.
    #[error("the redirect_uri is not registered for the client")]
    RedirectUriNotRegistered,
    /// `redirect_uri` came without `response_type`.
    #[error("Required String parameter 'response_type' is not present")]
    ResponseTypeMissing,
}

/// First stage: names the client, so that the caller can look it up.
/// # Errors
/// [`LogoutError::ClientIdMissing`], [`LogoutError::ClientUnknown`] or a duplicate.
pub fn logout_client_id(parameters: &Parameters) -> Result<ClientId, LogoutError> {
    let text = parameters
        .single("client_id")?
        .ok_or(LogoutError::ClientIdMissing)?;
    read_client_id(text).ok_or(LogoutError::ClientUnknown)
}

/// Second stage: decides where the browser goes.
/// A registered `logout_uri` wins; one that is not registered counts as absent. Otherwise
/// `redirect_uri` and `response_type` lead to the sign-in page.
/// # Errors
/// [`LogoutError`] names the fact.
pub fn logout_destination(
    parameters: &Parameters,
    policy: &LogoutPolicy<'_>,
) -> Result<LogoutDestination, LogoutError> {
    parameters.refuse_duplicates(&["client_id", "scope", "state", "nonce"])?;
    let logout_uri = parameters.single("logout_uri")?;
    let redirect_uri = parameters.single("redirect_uri")?;
    let response_type = parameters.single("response_type")?;
    if let Some(uri) =
        logout_uri.and_then(|uri| RedirectUri::find_registered(uri, policy.logout_urls))
    {
        return Ok(LogoutDestination::LogoutUri(uri));
    }
    let redirect_uri = redirect_uri.ok_or(LogoutError::RedirectUriMissing)?;
    RedirectUri::find_registered(redirect_uri, policy.callback_urls)
        .ok_or(LogoutError::RedirectUriNotRegistered)?;
    response_type.ok_or(LogoutError::ResponseTypeMissing)?;
    let mut query = parameters.clone().without(&NOT_PASSED_ON);
    if parameters.single("scope")?.is_none() {
        query = query
            .without(&["scope"])
            .with("scope", &policy.allowed_scopes.join());
    }
    Ok(LogoutDestination::SignIn(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(query: &str) -> Result<LogoutDestination, LogoutError> {
        let parameters = Parameters::decode(query.as_bytes()).unwrap();
        let policy = LogoutPolicy {
            logout_urls: &["https://app.example.com/bye".to_owned()],
            callback_urls: &["https://app.example.com/cb".to_owned()],
            allowed_scopes: &Scopes::parse("openid email").unwrap(),
        };
        logout_destination(&parameters, &policy)
    }

    const BYE: &str = "client_id=c1&logout_uri=https://app.example.com/bye";
    const SIGN_IN: &str = "client_id=c1&redirect_uri=https://app.example.com/cb&response_type=code";

    #[test]
    fn a_registered_logout_uri_wins() {
        let uri = RedirectUri::parse("https://app.example.com/bye").unwrap();
        let expected = Ok(LogoutDestination::LogoutUri(uri));
        assert_eq!(destination(BYE), expected);
        let rest = "&redirect_uri=https://evil.example&response_type=code&state=s";
        assert_eq!(destination(&format!("{BYE}{rest}")), expected);
    }

    #[test]
    fn a_redirect_uri_leads_to_the_sign_in_page() {
        for (more, added) in [
            ("&state=s&nonce=n", "&state=s&nonce=n&scope=openid+email"),
            (
                "&scope=&logout_uri=https://x.example&idp_identifier=a",
                "&scope=openid+email",
            ),
            ("&scope=openid", "&scope=openid"),
        ] {
            let Ok(LogoutDestination::SignIn(query)) = destination(&format!("{SIGN_IN}{more}"))
            else {
                panic!("{more}")
            };
            let expected = "client_id=c1&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb\
                &response_type=code";
            assert_eq!(query.encode(), format!("{expected}{added}"));
        }
    }

    #[test]
    fn s15_no_url_but_a_registered_one_is_followed() {
        use LogoutError as E;
        for (query, error) in [
            ("client_id=c1", E::RedirectUriMissing),
            (
                "client_id=c1&logout_uri=https://evil.example",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&logout_uri=https://app.example.com/bye/",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&logout_uri=https://app.example.com/bye?x",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&logout_uri=//app.example.com/bye",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&logout_uri=https://app.example.com/cb",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&post_logout_redirect_uri=https://evil.example",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&next=https://evil.example",
                E::RedirectUriMissing,
            ),
            (
                "client_id=c1&redirect_uri=https://evil.example&response_type=code",
                E::RedirectUriNotRegistered,
            ),
            (
                "client_id=c1&redirect_uri=https://app.example.com/bye&response_type=code",
                E::RedirectUriNotRegistered,
            ),
            (
                "client_id=c1&redirect_uri=https://app.example.com/cb",
                E::ResponseTypeMissing,
            ),
        ] {
            assert_eq!(destination(query), Err(error), "{query}");
        }
    }

    #[test]
    fn s13_repeated_parameters_are_refused() {
        for name in [
            "logout_uri",
            "redirect_uri",
            "response_type",
            "client_id",
            "state",
        ] {
            let query = format!("{BYE}&{name}=a&{name}=a");
            let error = LogoutError::DuplicateParameter(DuplicateParameter(name));
            assert_eq!(destination(&query), Err(error));
        }
    }

    #[test]
    fn the_client_is_named_first() {
        let named = |query: &[u8]| logout_client_id(&Parameters::decode(query).unwrap());
        assert_eq!(named(b"client_id=c1"), Ok(ClientId::new("c1")));
        assert_eq!(named(b"id_token_hint=x"), Err(LogoutError::ClientIdMissing));
        assert_eq!(named(b"client_id=%00"), Err(LogoutError::ClientUnknown));
    }
}
