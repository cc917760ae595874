//! The error page.

use askama::Template;

use crate::frame::{Branding, samples};
use crate::language::Language;
use crate::page::Page;

/// The page at the end of a request that cannot go on.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The language that the page speaks; what it explains to a developer is English.
    pub language: Language,
    /// The message that says what happened, in general.
    pub heading: &'static str,
    /// The error code, or a sentence.
    pub detail: String,
    /// Id of the request, to be found in the log.
    pub reference: String,
    /// How the owner of the pool wants the page to look, where the pool is known.
    pub branding: Option<Branding>,
    /// Whether the browser was signed out before the request could go no further.
    pub is_signed_out: bool,
    /// What a developer wants to know; `None` outside the dev profile.
    pub explanation: Option<Explanation>,
}

impl ErrorPage {
    /// Heading for a refused request.
    /// Source: the service's classic error page.
    pub const REFUSED: &'static str = "error-page-refused";

    /// Heading for a failure of the server.
    /// Source: the service's managed error page.
    pub const FAILED: &'static str = "error-page-failed";

    fn title(&self) -> String {
        let variables = [("title", self.detail.as_str())];
        self.language.text_with("error-title", &variables)
    }
}

/// Which rule failed and what to do.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The rule.
    pub fact: String,
    /// What came beside what was registered.
    pub comparison: Option<Comparison>,
    /// What to do.
    pub remedy: String,
}

/// A parameter beside the setting that it was compared with.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The parameter.
    pub parameter: &'static str,
    /// Its value, with the part in which it differs from the nearest of the registered ones.
    pub received: Option<MarkedText>,
    /// The setting.
    pub setting: &'static str,
    /// Its values, the nearest first.
    pub registered: Vec<RegisteredValue>,
}

/// A value of a setting beside the one that was received.
#[derive(Clone, Debug)]
pub struct RegisteredValue {
    /// The value, with the part in which it differs.
    pub value: MarkedText,
    /// What differs, in words.
    pub difference: Option<String>,
}

/// A text with a part that is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedText {
    /// What stands before the part.
    pub before: String,
    /// The part; empty for none.
    pub marked: String,
    /// What stands after it.
    pub after: String,
}

impl MarkedText {
    /// A text without a mark.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            before: text.into(),
            marked: String::new(),
            after: String::new(),
        }
    }
}

impl Page for ErrorPage {
    fn samples() -> Vec<Self> {
        let production = Self {
            language: Language::English,
            heading: Self::REFUSED,
            detail: "redirect_mismatch".to_owned(),
            reference: "0f6a3c9e-7a50-4d3b-9a35-7f2b6f0a9d10".to_owned(),
            branding: None,
            is_signed_out: false,
            explanation: None,
        };
        let comparison = Comparison {
            parameter: "redirect_uri",
            received: Some(MarkedText {
                before: "http://localhost:3000".to_owned(),
                marked: "/".to_owned(),
                after: String::new(),
            }),
            setting: "CallbackURLs",
            registered: vec![RegisteredValue {
                value: MarkedText::plain("http://localhost:3000"),
                difference: Some("a slash too much at the end".to_owned()),
            }],
        };
        let explanation = Explanation {
            fact: "The redirect_uri is not registered for the client.".to_owned(),
            comparison: Some(comparison.clone()),
            remedy: "Register it exactly as it was sent.".to_owned(),
        };
        let hostile = "<script>alert(1)</script>\"'><img src=x onerror=a>".to_owned();
        vec![
            production.clone(),
            Self {
                is_signed_out: true,
                ..production.clone()
            },
            Self {
                heading: Self::FAILED,
                detail: "server_error".to_owned(),
                ..production.clone()
            },
            Self {
                branding: Some(samples::branding()),
                explanation: Some(explanation.clone()),
                ..production.clone()
            },
            Self {
                explanation: Some(Explanation {
                    comparison: Some(Comparison {
                        received: None,
                        registered: Vec::new(),
                        ..comparison.clone()
                    }),
                    ..explanation.clone()
                }),
                ..production.clone()
            },
            Self {
                detail: hostile.clone(),
                reference: hostile.clone(),
                explanation: Some(Explanation {
                    fact: hostile.clone(),
                    comparison: Some(Comparison {
                        received: Some(MarkedText {
                            before: hostile.clone(),
                            marked: hostile.clone(),
                            after: hostile.clone(),
                        }),
                        registered: vec![RegisteredValue {
                            value: MarkedText::plain(hostile.clone()),
                            difference: Some(hostile.clone()),
                        }],
                        ..comparison
                    }),
                    remedy: hostile,
                }),
                ..production
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_received_and_the_registered_value_stand_side_by_side() {
        let html = ErrorPage::samples()[3].to_html().unwrap();
        assert!(html.contains("<code>http://localhost:3000<mark>/</mark></code>"));
        assert!(html.contains("<code>http://localhost:3000</code>"));
        assert!(html.contains("a slash too much at the end"));
        let empty = ErrorPage::samples()[4].to_html().unwrap();
        assert_eq!(empty.matches("none</dd>").count(), 2);
    }

    #[test]
    fn who_is_signed_out_is_told_so() {
        let [production, signed_out] = [0, 1].map(|n| ErrorPage::samples()[n].to_html().unwrap());
        assert!(signed_out.contains("You are signed out."));
        assert!(!production.contains("You are signed out."));
    }

    #[test]
    fn the_page_speaks_to_the_person_in_their_language_and_to_the_developer_in_english() {
        let page = ErrorPage {
            language: Language::German,
            ..ErrorPage::samples()[3].clone()
        };
        let html = page.to_html().unwrap();
        assert!(html.contains("<html lang=\"de\""), "{html}");
        assert!(html.contains("<title>Fehler: redirect_mismatch</title>"));
        let (page, explanation) = html.split_once("<section lang=\"en\"").unwrap();
        assert!(!page.contains("An error was encountered"), "{html}");
        let (explanation, rest) = explanation.split_once("</section>").unwrap();
        assert!(explanation.contains("How to mend it") && !rest.contains("Reference"));
    }

    #[test]
    fn without_an_explanation_the_page_says_what_the_service_says() {
        let html = ErrorPage::samples()[0].to_html().unwrap();
        assert!(html.contains("An error was encountered with the requested page."));
        assert!(html.contains("redirect_mismatch"));
        assert!(!html.contains("How to mend it"));
    }
}
