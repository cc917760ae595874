//! Proof key for code exchange, with `S256` only.
//!
//! Source: RFC 7636; AWS page "Using PKCE in authorization code grants".

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The one transformation that is supported.
pub const METHOD_S256: &str = "S256";

/// Length of a challenge: 32 bytes in base64url without padding.
const CHALLENGE_CHARACTERS: usize = 43;

/// A well-formed `S256` challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeChallenge(String);

/// Why a challenge and the verifier that came for its code do not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PkceError {
    /// The code has a challenge, but no verifier came.
    #[error("the code was issued with a code_challenge and needs its code_verifier")]
    VerifierMissing,
    /// The verifier has fewer than 43 or more than 128 characters, or one that is not allowed.
    #[error("the code_verifier is malformed")]
    VerifierMalformed,
    /// The verifier is not the one that the challenge was made from.
    #[error("the code_verifier does not fit the code_challenge")]
    VerifierMismatch,
    /// The code has no challenge, but a verifier came.
    #[error("a code_verifier was sent, but the code was issued without a code_challenge")]
    VerifierWithoutChallenge,
}

impl CodeChallenge {
    /// Reads a challenge; `None` when it cannot be the base64url of a SHA-256 digest.
    pub fn parse(text: &str) -> Option<Self> {
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = text.len() == CHALLENGE_CHARACTERS && text.bytes().all(is_base64url);
        fits.then(|| Self(text.to_owned()))
    }

    /// The challenge as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks a verifier, in constant time.
    /// # Errors
    /// [`PkceError::VerifierMalformed`] or [`PkceError::VerifierMismatch`].
    pub fn verify(&self, verifier: &str) -> Result<(), PkceError> {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(is_unreserved) {
            return Err(PkceError::VerifierMalformed);
        }
        let expected = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        verify_slices_are_equal(expected.as_bytes(), self.0.as_bytes())
            .map_err(|_| PkceError::VerifierMismatch)
    }
}

/// Checks the verifier that came with a code against the challenge that the code was issued with.
/// A verifier for a code without a challenge is refused: somebody may have taken the challenge
/// out of the request (RFC 9700 section 4.8.2).
/// # Errors
/// [`PkceError`] names what does not fit.
pub fn check(challenge: Option<&CodeChallenge>, verifier: Option<&str>) -> Result<(), PkceError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(PkceError::VerifierWithoutChallenge),
        (Some(_), None) => Err(PkceError::VerifierMissing),
        (Some(challenge), Some(verifier)) => challenge.verify(verifier),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Source: RFC 7636 appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn challenge_of(verifier: &str) -> CodeChallenge {
        CodeChallenge(URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())))
    }

    #[test]
    fn s18_the_vector_of_rfc_7636_is_accepted() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        assert_eq!(check(Some(&challenge), Some(VERIFIER)), Ok(()));
    }

    #[test]
    fn s18_a_wrong_or_absent_verifier_is_refused() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        let mismatch = Err(PkceError::VerifierMismatch);
        assert_eq!(
            check(Some(&challenge), Some(&VERIFIER.replace('d', "e"))),
            mismatch
        );
        assert_eq!(check(Some(&challenge), Some(CHALLENGE)), mismatch);
        assert_eq!(
            check(Some(&challenge), None),
            Err(PkceError::VerifierMissing)
        );
    }

    #[test]
    fn s18_a_verifier_has_43_to_128_unreserved_characters() {
        for length in [43, 44, 127, 128] {
            let verifier = "a".repeat(length);
            assert_eq!(
                challenge_of(&verifier).verify(&verifier),
                Ok(()),
                "{length}"
            );
        }
        let mut malformed: Vec<String> = [0, 1, 42, 129].map(|n| "a".repeat(n)).to_vec();
        malformed.extend(["+", " ", "\0", "ü", "/"].map(|end| "a".repeat(43) + end));
        for verifier in malformed {
            let refused = challenge_of(&verifier).verify(&verifier);
            assert_eq!(refused, Err(PkceError::VerifierMalformed), "{verifier:?}");
        }
    }

    #[test]
    fn s18_a_verifier_without_a_challenge_is_refused() {
        assert_eq!(
            check(None, Some(VERIFIER)),
            Err(PkceError::VerifierWithoutChallenge)
        );
        assert_eq!(check(None, None), Ok(()));
    }

    #[test]
    fn s18_a_challenge_is_the_base64url_of_32_bytes() {
        for text in [
            &CHALLENGE[1..],
            "",
            &format!("{CHALLENGE}="),
            &format!("{CHALLENGE}a"),
        ] {
            assert_eq!(CodeChallenge::parse(text), None, "{text}");
        }
        assert_eq!(CodeChallenge::parse(&CHALLENGE.replace('-', "+")), None);
    }
}
