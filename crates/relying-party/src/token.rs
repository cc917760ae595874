//! Tokens as they are written, before anything of them is believed.
//!
//! Source: RFC 7515 section 7.1 (signed), RFC 7516 section 7.1 (encrypted).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

/// Longest token that is read, in bytes.
pub const MOST_TOKEN_BYTES: usize = 64 * 1024;

/// The members of a JSON object.
pub type Members = Map<String, Value>;

/// A token, by its form.
#[derive(Clone, Debug)]
pub enum Token {
    /// Three parts: anybody can read it, and whoever has the issuer's keys can verify it.
    Signed(SignedToken),
    /// Five parts: only who has the key can read it. Cognito's refresh tokens are so.
    Encrypted {
        /// What it says of its encryption.
        header: Members,
    },
}

/// A signed token, read and not verified.
#[derive(Clone)]
pub struct SignedToken {
    /// What it says of its signature.
    pub header: Members,
    /// What it claims.
    pub claims: Members,
    /// The first two parts, which are what was signed.
    pub(crate) signed: String,
    /// The third part.
    pub(crate) signature: String,
}

/// Why something is no token that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing was given.
    #[error("there is no token")]
    Empty,
    /// It is longer than [`MOST_TOKEN_BYTES`].
    #[error("it is longer than 64 KiB, which no token is")]
    TooLong,
    /// It has not three or five parts.
    #[error(
        "it has {0} parts between dots; a signed token (JWT) has 3, an encrypted one 5. It may be opaque, so that only who issued it can read it, or cut off"
    )]
    Parts(usize),
    /// A part is not base64url without padding.
    #[error("its {0} is not base64url: it may be cut off, or was changed on its way")]
    NotBase64(&'static str),
    /// A part is no JSON object.
    #[error("its {0} is no JSON object")]
    NotJson(&'static str),
    /// A part names a member twice, which readers understand differently.
    #[error("its {part} names \"{member}\" twice, which readers understand differently")]
    Twice {
        /// The part.
        part: &'static str,
        /// The member, fit to be shown.
        member: String,
    },
    /// The header demands or says nothing of the algorithm.
    #[error("its header names no algorithm (\"alg\")")]
    NoAlgorithm,
}

impl Token {
    /// Reads a token; blanks around it, quotation marks and the word `Bearer` are no part of it.
    /// # Errors
    /// [`TokenError`]
    pub fn read(text: &str) -> Result<Self, TokenError> {
        let text = text.trim().trim_matches('"');
        let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if text.len() > MOST_TOKEN_BYTES {
            return Err(TokenError::TooLong);
        }
        let parts: Vec<&str> = text.split('.').collect();
        match parts[..] {
            [header, claims, signature] => {
                let read = SignedToken {
                    header: object("header", header)?,
                    claims: object("payload", claims)?,
                    signed: format!("{header}.{claims}"),
                    signature: signature.to_owned(),
                };
                if !read.header.get("alg").is_some_and(Value::is_string) {
                    return Err(TokenError::NoAlgorithm);
                }
                Ok(Self::Signed(read))
            }
            [header, _, _, _, _] => Ok(Self::Encrypted {
                header: object("header", header)?,
            }),
            _ => Err(TokenError::Parts(parts.len())),
        }
    }
}

impl SignedToken {
    /// A claim that is text.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str)
    }

    /// A member of the header that is text.
    pub fn header_text(&self, member: &str) -> Option<&str> {
        self.header.get(member).and_then(Value::as_str)
    }
}

/// Shows what it claims, never the signature, which makes it usable.
impl fmt::Debug for SignedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedToken")
            .field("header", &self.header)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}

fn object(part: &'static str, text: &str) -> Result<Members, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(text);
    let bytes = bytes.map_err(|_| TokenError::NotBase64(part))?;
    unique_members(&bytes).map_err(|member| match member {
        Some(member) => TokenError::Twice { part, member },
        None => TokenError::NotJson(part),
    })
}

/// Reads a JSON object whose members are named once each; the error is the one that is not.
fn unique_members(json: &[u8]) -> Result<Members, Option<String>> {
    const TWICE: &str = "named twice: ";
    struct Unique(Members);
    struct Reader;
    impl<'de> Visitor<'de> for Reader {
        type Value = Unique;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Unique, A::Error> {
            let mut members = Members::new();
            while let Some((name, value)) = access.next_entry::<String, Value>()? {
                if members.contains_key(&name) {
                    return Err(de::Error::custom(format!("{TWICE}{name}\n")));
                }
                members.insert(name, value);
            }
            Ok(Unique(members))
        }
    }
    impl<'de> Deserialize<'de> for Unique {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(Reader)
        }
    }
    let read: Result<Unique, _> = serde_json::from_slice(json);
    read.map(|unique| unique.0).map_err(|error| {
        let text = error.to_string();
        let name = text.split_once(TWICE)?.1.split('\n').next()?;
        Some(crate::shown::shown(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(json: &str) -> String {
        URL_SAFE_NO_PAD.encode(json)
    }

    fn read(header: &str, claims: &str) -> Result<Token, TokenError> {
        Token::read(&format!("{}.{}.c2ln", part(header), part(claims)))
    }

    #[test]
    fn a_signed_token_is_read_whatever_stands_around_it() {
        let token = format!(
            "{}.{}.c2ln",
            part(r#"{"alg":"RS256"}"#),
            part(r#"{"sub":"a"}"#)
        );
        for text in [
            token.clone(),
            format!(" {token}\n"),
            format!("Bearer {token}"),
            format!("\"{token}\""),
        ] {
            let Ok(Token::Signed(read)) = Token::read(&text) else {
                panic!("{text}");
            };
            assert_eq!(read.text("sub"), Some("a"));
            assert!(!format!("{read:?}").contains("c2ln"));
        }
    }

    #[test]
    fn an_encrypted_token_shows_its_header_alone() {
        let text = format!("{}.a.b.c.d", part(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#));
        assert!(
            matches!(Token::read(&text), Ok(Token::Encrypted { header }) if header["enc"] == "A256GCM")
        );
    }

    #[test]
    fn s57_what_is_no_token_is_named() {
        use TokenError as E;
        let refused = |text: &str| Token::read(text).err();
        assert_eq!(refused(" \n"), Some(E::Empty));
        assert_eq!(refused(&"x".repeat(MOST_TOKEN_BYTES + 1)), Some(E::TooLong));
        assert_eq!(refused("abc"), Some(E::Parts(1)));
        assert_eq!(refused("a.b.c.d"), Some(E::Parts(4)));
        assert_eq!(refused("a.b.c"), Some(E::NotBase64("header")));
        assert_eq!(refused("e30=.e30.c2ln"), Some(E::NotBase64("header")));
        assert_eq!(
            read(r#"{"alg":"RS256"}"#, "[]").err(),
            Some(E::NotJson("payload"))
        );
        assert_eq!(read("\"x\"", "{}").err(), Some(E::NotJson("header")));
        assert_eq!(read("{}", "{}").err(), Some(E::NoAlgorithm));
        assert_eq!(read(r#"{"alg":1}"#, "{}").err(), Some(E::NoAlgorithm));
        let deep = format!("{{\"a\":{}", "[".repeat(20_000));
        assert_eq!(
            read(r#"{"alg":"RS256"}"#, &deep).err(),
            Some(E::NotJson("payload"))
        );
    }

    #[test]
    fn s04_a_claim_that_comes_twice_is_refused() {
        let refused = read(r#"{"alg":"RS256"}"#, r#"{"exp":1,"exp":2}"#).err();
        let (part, member) = ("payload", "exp".to_owned());
        assert_eq!(refused, Some(TokenError::Twice { part, member }));
    }
}
