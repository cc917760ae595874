//! The page that sets an authenticator app up.

use std::fmt;

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::qr_code::QrPicture;

/// Letters of a key that stand together where it is typed.
const GROUP: usize = 4;

/// The page that sets an authenticator app up on the way through a sign-in.
///
/// Inferred: the id of its field; its name is that of the page for codes.
#[derive(Clone, Debug, Template)]
#[template(path = "second_factor_setup.html")]
pub struct SecondFactorSetupPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/mfaSetup` with the query of the request.
    pub action: String,
    /// Where to sign in as somebody else.
    pub sign_in_path: String,
    /// What the app is to know.
    pub key: AuthenticatorKey,
    /// Why the last code was refused, or why the page is shown again.
    pub problem: Option<Problem>,
}

/// What an authenticator app is to know. Its debug form says nothing.
#[derive(Clone)]
pub struct AuthenticatorKey {
    /// The key in groups of letters, to be typed.
    pub typed: String,
    /// The address that an app on this device opens.
    pub uri: String,
    /// The address as a picture, if it is not too long for one.
    pub picture: Option<QrPicture>,
}

impl fmt::Debug for AuthenticatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthenticatorKey")
    }
}

impl AuthenticatorKey {
    /// Prepares a key in base32 and its address for the page.
    pub fn new(secret_code: &str, uri: &str) -> Self {
        let letters: Vec<char> = secret_code.chars().collect();
        let groups: Vec<String> = letters.chunks(GROUP).map(|g| g.iter().collect()).collect();
        Self {
            typed: groups.join(" "),
            uri: uri.to_owned(),
            picture: QrPicture::of(uri),
        }
    }
}

impl Page for SecondFactorSetupPage {
    fn samples() -> Vec<Self> {
        let uri = "otpauth://totp/Example%20app:jane?secret=GEZDGNBVGY3TQOJQ&issuer=Example%20app";
        let fresh = Self {
            frame: samples::frame(),
            action: "/mfaSetup?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            key: AuthenticatorKey::new("GEZDGNBVGY3TQOJQ", uri),
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                problem: Some(samples::refusal("That code does not fit.")),
                ..fresh.clone()
            },
            Self {
                key: AuthenticatorKey {
                    picture: None,
                    ..fresh.key.clone()
                },
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                key: AuthenticatorKey::new(samples::HOSTILE, samples::HOSTILE),
                problem: Some(samples::setback(samples::HOSTILE)),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_there_to_be_scanned_typed_and_opened() {
        let html = SecondFactorSetupPage::samples()[0].to_html().unwrap();
        for part in [
            "GEZD GNBV GY3T QOJQ",
            r#"href="otpauth://totp/Example%20app:jane?secret=GEZDGNBVGY3TQOJQ&#38;issuer=Example%20app""#,
            r#"<path d="M4 4h1v1h-1z"#,
            r#"name="totpCode""#,
            r#"autocomplete="one-time-code""#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        let without = SecondFactorSetupPage::samples()[2].to_html().unwrap();
        assert!(!without.contains("<path d=\"M4"));
    }

    #[test]
    fn s67_the_debug_form_does_not_tell_the_key() {
        let page = &SecondFactorSetupPage::samples()[0];
        assert!(!format!("{page:?}").contains("GEZD"));
    }
}
