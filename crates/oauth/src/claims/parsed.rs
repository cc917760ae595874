//! Claims of a token whose signature was checked, read strictly.

use poolhouse_model::{ClientId, OriginJti, Sub, Timestamp, Ttl, Username};
use serde::Deserialize;

use super::TokenTimes;
use crate::scope::Scopes;

/// How far the clocks of two servers of one pool may be apart: a token from the future is
/// refused beyond it.
pub const MAX_CLOCK_SKEW: Ttl = Ttl::from_secs(60);

/// The last second of the year 9999: no token lives longer.
const LAST_SECOND: i64 = 253_402_300_799;

/// Why the claims of a token were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// No JSON object, a claim is missing, repeated or of another type, or an instant is absurd.
    #[error("the claims are malformed")]
    Malformed,
    /// An ID token in place of an access token, or the reverse.
    #[error("the token is of another use")]
    TokenUseMismatch,
    /// It was not issued by this pool.
    #[error("the issuer is not accepted")]
    IssuerNotAccepted,
    /// Its lifetime is over.
    #[error("the token has expired")]
    Expired,
    /// It was issued in the future.
    #[error("the token was issued in the future")]
    IssuedInFuture,
}

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
pub struct TokenContext<'a> {
    /// Issuers of the pool: the current one and former ones.
    pub accepted_issuers: &'a [&'a str],
    /// The current instant.
    pub now: Timestamp,
}

/// Claims of an access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAccessClaims {
    /// `sub`
    pub sub: Sub,
    /// `iss`
    pub iss: String,
    /// `client_id`
    pub client_id: ClientId,
    /// `username`; `None` in the token of a client.
    pub username: Option<Username>,
    /// `scope`
    pub scopes: Scopes,
    /// `jti`
    pub jti: Option<String>,
    /// `origin_jti`
    pub origin_jti: Option<OriginJti>,
    /// `event_id`
    pub event_id: Option<String>,
    /// `auth_time`, `iat`, `exp`.
    pub times: TokenTimes,
}

/// Claims of an ID token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedIdClaims {
    /// `sub`
    pub sub: Sub,
    /// `iss`
    pub iss: String,
    /// `aud`
    pub client_id: ClientId,
    /// `cognito:username`
    pub username: Username,
    /// `nonce`
    pub nonce: Option<String>,
    /// `jti`
    pub jti: Option<String>,
    /// `origin_jti`
    pub origin_jti: Option<OriginJti>,
    /// `event_id`
    pub event_id: Option<String>,
    /// `auth_time`, `iat`, `exp`.
    pub times: TokenTimes,
}

#[derive(Deserialize)]
struct TokenUse {
    token_use: String,
}

#[derive(Deserialize)]
struct RawTimes {
    auth_time: i64,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct RawAccessClaims {
    sub: Sub,
    iss: String,
    client_id: ClientId,
    username: Option<Username>,
    #[serde(default)]
    scope: String,
    jti: Option<String>,
    origin_jti: Option<OriginJti>,
    event_id: Option<String>,
}

#[derive(Deserialize)]
struct RawIdClaims {
    sub: Sub,
    iss: String,
    aud: ClientId,
    #[serde(rename = "cognito:username")]
    username: Username,
    nonce: Option<String>,
    jti: Option<String>,
    origin_jti: Option<OriginJti>,
    event_id: Option<String>,
}

impl ParsedAccessClaims {
    /// Reads the payload of an access token and holds it against `context`.
    /// The signature must have been checked; revocation is still to be looked up.
    /// # Errors
    /// [`ClaimsError`] names the fact.
    pub fn parse(payload: &[u8], context: &TokenContext<'_>) -> Result<Self, ClaimsError> {
        require_token_use(payload, "access")?;
        let raw: RawAccessClaims = read(payload)?;
        let times = read_times(payload)?;
        let scopes = Scopes::parse(&raw.scope).map_err(|_| ClaimsError::Malformed)?;
        context.check(&raw.iss, times)?;
        Ok(Self {
            sub: raw.sub,
            iss: raw.iss,
            client_id: raw.client_id,
            username: raw.username,
            scopes,
            jti: raw.jti,
            origin_jti: raw.origin_jti,
            event_id: raw.event_id,
            times,
        })
    }
}

impl ParsedIdClaims {
    /// Reads the payload of an ID token and holds it against `context`.
    /// The signature must have been checked; the caller compares the client.
    /// # Errors
    /// [`ClaimsError`] names the fact.
    pub fn parse(payload: &[u8], context: &TokenContext<'_>) -> Result<Self, ClaimsError> {
        require_token_use(payload, "id")?;
        let raw: RawIdClaims = read(payload)?;
        let times = read_times(payload)?;
        context.check(&raw.iss, times)?;
        Ok(Self {
            sub: raw.sub,
            iss: raw.iss,
            client_id: raw.aud,
            username: raw.username,
            nonce: raw.nonce,
            jti: raw.jti,
            origin_jti: raw.origin_jti,
            event_id: raw.event_id,
            times,
        })
    }
}

impl TokenContext<'_> {
    fn check(&self, iss: &str, times: TokenTimes) -> Result<(), ClaimsError> {
        if !self.accepted_issuers.contains(&iss) {
            return Err(ClaimsError::IssuerNotAccepted);
        }
        if times.issued_at > self.now.after(MAX_CLOCK_SKEW) {
            return Err(ClaimsError::IssuedInFuture);
        }
        if times.expires_at <= self.now {
            return Err(ClaimsError::Expired);
        }
        Ok(())
    }
}

fn read<'p, C: Deserialize<'p>>(payload: &'p [u8]) -> Result<C, ClaimsError> {
    // A derived struct would also be read from a list of its members.
    if payload.first() != Some(&b'{') {
        return Err(ClaimsError::Malformed);
    }
    serde_json::from_slice(payload).map_err(|_| ClaimsError::Malformed)
}

fn require_token_use(payload: &[u8], expected: &str) -> Result<(), ClaimsError> {
    let TokenUse { token_use } = read(payload)?;
    if token_use == expected {
        Ok(())
    } else {
        Err(ClaimsError::TokenUseMismatch)
    }
}

fn read_times(payload: &[u8]) -> Result<TokenTimes, ClaimsError> {
    let raw: RawTimes = read(payload)?;
    let is_sane = (0..=LAST_SECOND).contains(&raw.auth_time)
        && (0..=LAST_SECOND).contains(&raw.iat)
        && (raw.iat + 1..=LAST_SECOND).contains(&raw.exp);
    if !is_sane {
        return Err(ClaimsError::Malformed);
    }
    Ok(TokenTimes {
        authenticated_at: Timestamp::from_secs(raw.auth_time),
        issued_at: Timestamp::from_secs(raw.iat),
        expires_at: Timestamp::from_secs(raw.exp),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const CONTEXT: TokenContext<'_> = TokenContext {
        accepted_issuers: &["https://issuer.example/a", "https://former.example/a"],
        now: Timestamp::from_secs(2000),
    };

    fn access() -> Value {
        json!({
            "sub": "s1", "iss": "https://issuer.example/a", "client_id": "c1", "username": "bob",
            "token_use": "access", "scope": "openid email", "auth_time": 1000, "iat": 1500,
            "exp": 2001, "jti": "j1", "origin_jti": "o1", "event_id": "e1", "version": 2,
        })
    }

    fn id() -> Value {
        json!({
            "sub": "s1", "iss": "https://issuer.example/a", "aud": "c1",
            "cognito:username": "bob", "token_use": "id", "auth_time": 1000, "iat": 1500,
            "exp": 2001, "nonce": "n",
        })
    }

    fn with(mut claims: Value, name: &str, value: Value) -> Value {
        claims[name] = value;
        claims
    }

    fn without(mut claims: Value, name: &str) -> Value {
        claims.as_object_mut().unwrap().remove(name);
        claims
    }

    fn parse_access(claims: &Value) -> Result<ParsedAccessClaims, ClaimsError> {
        ParsedAccessClaims::parse(claims.to_string().as_bytes(), &CONTEXT)
    }

    fn parse_id(claims: &Value) -> Result<ParsedIdClaims, ClaimsError> {
        ParsedIdClaims::parse(claims.to_string().as_bytes(), &CONTEXT)
    }

    #[test]
    fn good_tokens_are_read() {
        let claims = parse_access(&access()).unwrap();
        assert_eq!(claims.client_id.as_str(), "c1");
        assert_eq!(claims.username, Some(Username::new("bob")));
        assert_eq!(claims.origin_jti, Some(OriginJti::new("o1")));
        assert!(claims.scopes.contains("email"));
        assert_eq!(claims.times.expires_at, Timestamp::from_secs(2001));
        let claims = parse_id(&id()).unwrap();
        assert_eq!(claims.client_id.as_str(), "c1");
        assert_eq!(claims.username.as_str(), "bob");
        assert_eq!(claims.nonce.as_deref(), Some("n"));
        let former = with(id(), "iss", json!("https://former.example/a"));
        assert!(parse_id(&former).is_ok());
    }

    #[test]
    fn s3_an_id_token_is_no_access_token_and_the_reverse() {
        assert_eq!(parse_access(&id()), Err(ClaimsError::TokenUseMismatch));
        assert_eq!(parse_id(&access()), Err(ClaimsError::TokenUseMismatch));
        for token_use in ["ACCESS", "access ", ""] {
            let refused = parse_access(&with(access(), "token_use", json!(token_use)));
            assert_eq!(refused, Err(ClaimsError::TokenUseMismatch), "{token_use:?}");
        }
        let refused = parse_access(&without(access(), "token_use"));
        assert_eq!(refused, Err(ClaimsError::Malformed));
    }

    #[test]
    fn s3_a_token_of_another_pool_is_refused() {
        for iss in ["https://issuer.example/b", "https://issuer.example/a/", ""] {
            let refused = parse_access(&with(access(), "iss", json!(iss)));
            assert_eq!(refused, Err(ClaimsError::IssuerNotAccepted), "{iss:?}");
            let refused = parse_id(&with(id(), "iss", json!(iss)));
            assert_eq!(refused, Err(ClaimsError::IssuerNotAccepted), "{iss:?}");
        }
        let listed = parse_id(&with(id(), "aud", json!(["c1"])));
        assert_eq!(listed, Err(ClaimsError::Malformed));
    }

    #[test]
    fn s4_instants_that_are_missing_or_no_whole_seconds_are_refused() {
        for name in ["exp", "iat", "auth_time"] {
            let malformed = Err(ClaimsError::Malformed);
            assert_eq!(parse_access(&without(access(), name)), malformed, "{name}");
            for value in [
                json!("2001"),
                json!(2001.5),
                json!(2001.0),
                json!(-1),
                json!(null),
                json!(true),
                json!([2001]),
                json!(9_223_372_036_854_775_808_u64),
                json!(i64::MAX),
                json!(1e300),
            ] {
                let claims = with(access(), name, value);
                assert_eq!(parse_access(&claims), malformed, "{claims}");
                let claims = with(id(), name, claims[name].clone());
                assert_eq!(
                    parse_id(&claims).map(drop),
                    Err(ClaimsError::Malformed),
                    "{claims}"
                );
            }
            let text = access()
                .to_string()
                .replace(&format!("\"{name}\":"), "\"x\":NaN,\"y\":");
            let refused = ParsedAccessClaims::parse(text.as_bytes(), &CONTEXT);
            assert_eq!(refused, malformed, "{text}");
        }
    }

    #[test]
    fn s4_a_token_is_refused_when_over_or_not_yet_issued() {
        for (iat, exp, verdict) in [
            (1500, 2001, Ok(())),
            (1500, 2000, Err(ClaimsError::Expired)),
            (1500, 1501, Err(ClaimsError::Expired)),
            (2060, 9000, Ok(())),
            (2061, 9000, Err(ClaimsError::IssuedInFuture)),
            (1500, 1500, Err(ClaimsError::Malformed)),
            (1500, 1000, Err(ClaimsError::Malformed)),
        ] {
            let claims = with(with(access(), "iat", json!(iat)), "exp", json!(exp));
            assert_eq!(parse_access(&claims).map(drop), verdict, "{iat} {exp}");
        }
    }

    #[test]
    fn repeated_claims_and_what_is_no_object_are_refused() {
        let doubled = access().to_string().replacen('{', "{\"sub\":\"other\",", 1);
        for payload in [
            doubled.as_str(),
            "",
            "[]",
            "null",
            "{",
            "{}",
            "[\"access\"]",
        ] {
            let refused = ParsedAccessClaims::parse(payload.as_bytes(), &CONTEXT);
            assert_eq!(refused, Err(ClaimsError::Malformed), "{payload}");
        }
    }

    #[test]
    fn the_token_of_a_client_has_no_user() {
        let claims = without(without(access(), "username"), "origin_jti");
        let claims = parse_access(&claims).unwrap();
        assert_eq!((claims.username, claims.origin_jti), (None, None));
    }
}
