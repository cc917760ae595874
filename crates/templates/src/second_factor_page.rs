//! The page that asks for a code of an authenticator app.

use askama::Template;

use crate::page::Page;

/// The page that asks for a code of an authenticator app.
#[derive(Clone, Debug, Template)]
#[template(path = "second_factor.html")]
pub struct SecondFactorPage {
    /// Where the form goes: `/mfa` with the query of the request.
    pub action: String,
    /// Comes back in the field `_csrf`.
    pub csrf_token: String,
    /// What the user signs in to.
    pub application: String,
    /// Where to sign in as somebody else.
    pub sign_in_path: String,
    /// Why the last code was refused, or why the page is shown again.
    pub problem: Option<String>,
    /// Whether the problem is with what was typed.
    pub is_refused: bool,
}

impl Page for SecondFactorPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            action: "/mfa?client_id=1example23456789&response_type=code".to_owned(),
            csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
            application: "Example app".to_owned(),
            sign_in_path: "/login?client_id=1example23456789&response_type=code".to_owned(),
            problem: None,
            is_refused: false,
        };
        let hostile = r#"</title><script>alert(1)</script>"'><img src=x onerror=a>"#;
        vec![
            fresh.clone(),
            Self {
                problem: Some("Invalid code received for user".to_owned()),
                is_refused: true,
                ..fresh.clone()
            },
            Self {
                problem: Some("The server is busy.".to_owned()),
                ..fresh
            },
            Self {
                action: hostile.to_owned(),
                csrf_token: hostile.to_owned(),
                application: hostile.to_owned(),
                sign_in_path: hostile.to_owned(),
                problem: Some(hostile.to_owned()),
                is_refused: true,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_offer_the_code_and_its_keyboard() {
        let html = SecondFactorPage::samples()[0].to_html().unwrap();
        for part in [
            r#"name="totpCode""#,
            r#"inputmode="numeric""#,
            r#"autocomplete="one-time-code""#,
            r#"name="_csrf" value="6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64""#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
    }

    #[test]
    fn a_refusal_is_announced_and_tied_to_the_field() {
        let html = SecondFactorPage::samples()[1].to_html().unwrap();
        assert!(html.contains("<title>Error: Enter your code"));
        assert!(html.contains(r#"role="alert">Invalid code received for user</p>"#));
        assert!(html.contains(r#"aria-describedby="codeHint loginErrorMessage""#));
        assert!(html.contains(r#"aria-invalid="true""#));
        let fresh = SecondFactorPage::samples()[0].to_html().unwrap();
        assert!(fresh.contains(r#"aria-describedby="codeHint""#));
        assert!(!fresh.contains("role=\"alert\"") && !fresh.contains("aria-invalid"));
    }
}
