//! How a client says which one it is, and proves it.
//!
//! Source: RFC 6749 section 2.3; AWS page "Token endpoint".

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use poolhouse_model::{ClientId, SecretString};

use crate::error::OAuthErrorCode;
use crate::parameters::{DuplicateParameter, Parameters, read_client_id};

/// Decodes standard Base64 with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a request says about its client.
#[derive(Clone, Debug)]
pub enum ClientAuthentication {
    /// A `client_id` without a secret.
    None {
        /// The client.
        client_id: ClientId,
    },
    /// `client_secret_basic`: in the `Authorization` header.
    Basic {
        /// The client.
        client_id: ClientId,
        /// Its secret.
        secret: PresentedSecret,
    },
    /// `client_secret_post`: among the parameters.
    Post {
        /// The client.
        client_id: ClientId,
        /// Its secret.
        secret: PresentedSecret,
    },
}

/// A client secret as it came, in every form that it can be read.
///
/// Source: RFC 6749 section 2.3.1 has both halves of the header form-encoded, but many clients
/// send them raw; a secret that holds `%` or `+` reads differently.
#[derive(Clone, Debug)]
pub struct PresentedSecret(Vec<SecretString>);

/// Why a client was not authenticated; `Display` explains it to a developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientAuthenticationError {
    /// A parameter came more than once.
    #[error(transparent)]
    DuplicateParameter(#[from] DuplicateParameter),
    /// Neither header nor parameters name a client.
    #[error("the request names no client")]
    ClientIdMissing,
    /// Header and parameters name different clients.
    #[error("the Authorization header and client_id name different clients")]
    ClientIdsDiffer,
    /// There is no such client.
    #[error("the client is unknown")]
    ClientUnknown,
    /// The header is not the Base64 of an id and a secret that are parted by a colon.
    #[error("the Authorization header is malformed")]
    BasicMalformed,
    /// A secret came both in the header and among the parameters.
    #[error("the client secret was sent both in the Authorization header and in the body")]
    SecretSentTwice,
    /// The client has a secret, and none came.
    #[error("the client has a secret, which must be sent")]
    SecretMissing,
    /// The secret is not the client's.
    #[error("the client secret is wrong")]
    SecretMismatch,
    /// The client has no secret, but one came.
    #[error("the client has no secret, but one was sent")]
    SecretUnexpected,
}

impl ClientAuthenticationError {
    /// The code on the wire.
    /// Source: AWS page "Token endpoint"; RFC 6749 section 5.2 for more than one mechanism.
    /// Inferred: a missing `client_id` and an unexpected secret are `invalid_client`.
    pub fn code(self) -> OAuthErrorCode {
        match self {
            Self::DuplicateParameter(_) | Self::ClientIdsDiffer | Self::SecretSentTwice => {
                OAuthErrorCode::InvalidRequest
            }
            Self::ClientIdMissing
            | Self::ClientUnknown
            | Self::BasicMalformed
            | Self::SecretMissing
            | Self::SecretMismatch
            | Self::SecretUnexpected => OAuthErrorCode::InvalidClient,
        }
    }
}

impl PresentedSecret {
    fn from_body(secret: &str) -> Self {
        Self(vec![SecretString::new(secret)])
    }

    fn from_header(secret: &str) -> Self {
        let mut forms = vec![SecretString::new(secret)];
        for encoded in [secret.to_owned(), secret.replace('+', " ")] {
            let decoded = percent_decode_str(&encoded).decode_utf8();
            forms.extend(
                decoded
                    .ok()
                    .map(|text| SecretString::new(text.into_owned())),
            );
        }
        Self(forms)
    }

    /// Whether it is the expected secret, compared in constant time.
    pub fn matches(&self, expected: &SecretString) -> bool {
        let expected = expected.expose().as_bytes();
        self.0.iter().fold(false, |is_match, form| {
            verify_slices_are_equal(form.expose().as_bytes(), expected).is_ok() | is_match
        })
    }
}

impl ClientAuthentication {
    /// Reads the `Authorization` header, if there is one, and the parameters.
    /// Headers of another scheme than `Basic` are ignored; an empty secret counts as none.
    /// # Errors
    /// [`ClientAuthenticationError`]; the id was not looked up and the secret not compared.
    pub fn parse(
        authorization: Option<&str>,
        parameters: &Parameters,
    ) -> Result<Self, ClientAuthenticationError> {
        let body_id = parameters.single("client_id")?;
        let body_secret = parameters.single("client_secret")?;
        let Some(credentials) = authorization.and_then(basic_credentials) else {
            let text = body_id.ok_or(ClientAuthenticationError::ClientIdMissing)?;
            return Ok(match (read_id(text)?, body_secret) {
                (client_id, None) => Self::None { client_id },
                (client_id, Some(secret)) => Self::Post {
                    client_id,
                    secret: PresentedSecret::from_body(secret),
                },
            });
        };
        let (header_id, header_secret) = decode_basic(credentials)?;
        if body_id.is_some_and(|id| id != header_id) {
            return Err(ClientAuthenticationError::ClientIdsDiffer);
        }
        let client_id = read_id(&header_id)?;
        match (header_secret.expose(), body_secret) {
            ("", None) => Ok(Self::None { client_id }),
            ("", Some(secret)) => Ok(Self::Post {
                client_id,
                secret: PresentedSecret::from_body(secret),
            }),
            (secret, None) => Ok(Self::Basic {
                client_id,
                secret: PresentedSecret::from_header(secret),
            }),
            (_, Some(_)) => Err(ClientAuthenticationError::SecretSentTwice),
        }
    }

    /// The client that the request claims to come from.
    pub fn client_id(&self) -> &ClientId {
        match self {
            Self::None { client_id }
            | Self::Basic { client_id, .. }
            | Self::Post { client_id, .. } => client_id,
        }
    }

    /// Checks the claim against the client's secrets: none for a public client, two while one
    /// replaces the other.
    /// # Errors
    /// [`ClientAuthenticationError`] names the fact.
    pub fn verify(&self, secrets: &[SecretString]) -> Result<(), ClientAuthenticationError> {
        let presented = match self {
            Self::None { .. } if secrets.is_empty() => return Ok(()),
            Self::None { .. } => return Err(ClientAuthenticationError::SecretMissing),
            Self::Basic { secret, .. } | Self::Post { secret, .. } => secret,
        };
        if secrets.is_empty() {
            return Err(ClientAuthenticationError::SecretUnexpected);
        }
        if secrets.iter().fold(false, |is_match, secret| {
            presented.matches(secret) | is_match
        }) {
            Ok(())
        } else {
            Err(ClientAuthenticationError::SecretMismatch)
        }
    }
}

fn read_id(text: &str) -> Result<ClientId, ClientAuthenticationError> {
    read_client_id(text).ok_or(ClientAuthenticationError::ClientUnknown)
}

fn basic_credentials(header: &str) -> Option<&str> {
    let (scheme, credentials) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
    scheme
        .eq_ignore_ascii_case("basic")
        .then(|| credentials.trim())
}

/// Splits at the first colon: an id holds none, a secret may.
fn decode_basic(credentials: &str) -> Result<(String, SecretString), ClientAuthenticationError> {
    let malformed = ClientAuthenticationError::BasicMalformed;
    let bytes = BASE64.decode(credentials).map_err(|_| malformed)?;
    let text = SecretString::from(String::from_utf8(bytes).map_err(|_| malformed)?);
    let (id, secret) = text.expose().split_once(':').ok_or(malformed)?;
    let id = percent_decode_str(id)
        .decode_utf8()
        .map_err(|_| malformed)?;
    Ok((id.into_owned(), SecretString::new(secret)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{STANDARD as PADDED, STANDARD_NO_PAD};

    fn basic(credentials: &str) -> String {
        format!("Basic {}", PADDED.encode(credentials))
    }

    fn parse(
        authorization: Option<&str>,
        body: &str,
    ) -> Result<ClientAuthentication, ClientAuthenticationError> {
        let parameters = Parameters::decode(body.as_bytes()).unwrap();
        ClientAuthentication::parse(authorization, &parameters)
    }

    fn verify(
        authorization: Option<&str>,
        body: &str,
        secrets: &[&str],
    ) -> Result<(), ClientAuthenticationError> {
        let secrets: Vec<SecretString> = secrets.iter().map(|s| SecretString::from(*s)).collect();
        parse(authorization, body)?.verify(&secrets)
    }

    #[test]
    fn s25_each_way_to_send_a_secret_works() {
        assert_eq!(verify(None, "client_id=c1&client_secret=s", &["s"]), Ok(()));
        assert_eq!(verify(Some(&basic("c1:s")), "", &["s"]), Ok(()));
        assert_eq!(verify(Some(&basic("c1:s")), "client_id=c1", &["s"]), Ok(()));
        assert_eq!(verify(Some(&basic("c1:s")), "", &["other", "s"]), Ok(()));
        let lower_case = basic("c1:s").replace("Basic", "basic ");
        assert_eq!(verify(Some(&lower_case), "", &["s"]), Ok(()));
        let unpadded = format!("Basic {}", STANDARD_NO_PAD.encode("c1:sec"));
        assert_eq!(verify(Some(&unpadded), "", &["sec"]), Ok(()));
        assert!(matches!(
            parse(Some(&basic("c1:s")), ""),
            Ok(ClientAuthentication::Basic { .. })
        ));
    }

    #[test]
    fn s25_percent_encoded_and_colon_bearing_secrets_are_read() {
        for (credentials, secret) in [
            ("c1:a:b:c", "a:b:c"),
            ("c1:a%3Ab", "a:b"),
            ("c1:a%2Bb%25", "a+b%"),
            ("c1:a+b", "a+b"),
            ("c1:a+b", "a b"),
            ("c1:100%", "100%"),
            ("c1:a%zz", "a%zz"),
            ("c1:a%3Ab", "a%3Ab"),
            ("c1:%C3%BC", "ü"),
            ("c%31:s", "s"),
        ] {
            let header = basic(credentials);
            assert_eq!(
                verify(Some(&header), "client_id=c1", &[secret]),
                Ok(()),
                "{credentials}"
            );
        }
    }

    #[test]
    fn s25_a_secret_in_both_places_is_refused_even_if_equal() {
        let refused = verify(Some(&basic("c1:s")), "client_id=c1&client_secret=s", &["s"]);
        assert_eq!(refused, Err(ClientAuthenticationError::SecretSentTwice));
        assert_eq!(refused.unwrap_err().code(), OAuthErrorCode::InvalidRequest);
    }

    #[test]
    fn s25_a_confidential_client_without_its_secret_is_refused() {
        use ClientAuthenticationError as E;
        for (header, body, error) in [
            (None, "client_id=c1", E::SecretMissing),
            (None, "client_id=c1&client_secret=", E::SecretMissing),
            (Some(basic("c1:")), "", E::SecretMissing),
            (
                Some("Bearer x".to_owned()),
                "client_id=c1",
                E::SecretMissing,
            ),
            (Some(basic("c1:S")), "", E::SecretMismatch),
            (Some(basic("c1:ss")), "", E::SecretMismatch),
            (None, "client_id=c1&client_secret=%73%00", E::SecretMismatch),
            // Only the header is decoded twice.
            (None, "client_id=c1&client_secret=%2573", E::SecretMismatch),
        ] {
            let refused = verify(header.as_deref(), body, &["s"]);
            assert_eq!(refused, Err(error), "{header:?} {body}");
            assert_eq!(error.code(), OAuthErrorCode::InvalidClient);
        }
    }

    #[test]
    fn a_public_client_may_send_an_empty_secret_but_no_other() {
        assert_eq!(verify(None, "client_id=c1", &[]), Ok(()));
        assert_eq!(verify(Some(&basic("c1:")), "", &[]), Ok(()));
        assert_eq!(
            verify(Some(&basic("c1:")), "client_id=c1&client_secret=", &[]),
            Ok(())
        );
        let refused = verify(Some(&basic("c1:s")), "", &[]);
        assert_eq!(refused, Err(ClientAuthenticationError::SecretUnexpected));
    }

    #[test]
    fn malformed_and_contradicting_claims_are_refused() {
        use ClientAuthenticationError as E;
        let not_utf8 = format!("Basic {}", PADDED.encode(b"c1:\xff"));
        for (header, body, error) in [
            (None, "", E::ClientIdMissing),
            (None, "client_secret=s", E::ClientIdMissing),
            (None, "client_id=a%00b", E::ClientUnknown),
            (Some("Basic".to_owned()), "client_id=c1", E::BasicMalformed),
            (
                Some("Basic !!!".to_owned()),
                "client_id=c1",
                E::BasicMalformed,
            ),
            (Some(basic("c1")), "client_id=c1", E::BasicMalformed),
            (Some(not_utf8), "", E::BasicMalformed),
            (Some(basic(":s")), "", E::ClientUnknown),
            (Some(basic("c1:s")), "client_id=c2", E::ClientIdsDiffer),
        ] {
            let refused = parse(header.as_deref(), body).expect_err(body);
            assert_eq!(refused, error, "{header:?} {body}");
        }
    }

    #[test]
    fn s13_a_repeated_client_id_or_secret_is_refused() {
        for (body, name) in [
            ("client_id=c1&client_id=c1", "client_id"),
            (
                "client_id=c1&client_secret=a&client_secret=a",
                "client_secret",
            ),
        ] {
            let error = ClientAuthenticationError::DuplicateParameter(DuplicateParameter(name));
            assert_eq!(parse(None, body).expect_err(body), error);
            assert_eq!(error.code(), OAuthErrorCode::InvalidRequest);
        }
    }

    #[test]
    fn s67_debug_prints_no_secret() {
        let printed = format!("{:?}", parse(Some(&basic("c1:hunter2")), "").unwrap());
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
