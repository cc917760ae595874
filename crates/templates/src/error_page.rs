//! The error page.

use askama::Template;

use crate::frame::{Branding, samples};
use crate::page::Page;

/// The page at the end of a request that cannot go on.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What happened, in general.
    pub heading: &'static str,
    /// The error code, or a sentence.
    pub detail: String,
    /// Id of the request, to be found in the log.
    pub reference: String,
    /// How the owner of the pool wants the page to look, where the pool is known.
    pub branding: Option<Branding>,
    /// What a developer wants to know; `None` outside the dev profile.
    pub explanation: Option<Explanation>,
}

impl ErrorPage {
    /// Heading for a refused request.
    /// Source: the service's classic error page.
    pub const REFUSED: &'static str = "An error was encountered with the requested page.";

    /// Heading for a failure of the server.
    /// Source: the service's managed error page.
    pub const FAILED: &'static str = "Something went wrong";
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
    /// Its value.
    pub received: Option<String>,
    /// The setting.
    pub setting: &'static str,
    /// Its values.
    pub registered: Vec<String>,
}

impl Page for ErrorPage {
    fn samples() -> Vec<Self> {
        let production = Self {
            heading: Self::REFUSED,
            detail: "redirect_mismatch".to_owned(),
            reference: "0f6a3c9e-7a50-4d3b-9a35-7f2b6f0a9d10".to_owned(),
            branding: None,
            explanation: None,
        };
        let comparison = Comparison {
            parameter: "redirect_uri",
            received: Some("http://localhost:3000/".to_owned()),
            setting: "CallbackURLs",
            registered: vec!["http://localhost:3000".to_owned()],
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
                        received: Some(hostile.clone()),
                        registered: vec![hostile.clone()],
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
        let html = ErrorPage::samples()[1].to_html().unwrap();
        assert!(html.contains("<code>http://localhost:3000/</code>"));
        assert!(html.contains("<code>http://localhost:3000</code>"));
        let empty = ErrorPage::samples()[2].to_html().unwrap();
        assert_eq!(empty.matches("none</dd>").count(), 2);
    }

    #[test]
    fn without_an_explanation_the_page_says_what_the_service_says() {
        let html = ErrorPage::samples()[0].to_html().unwrap();
        assert!(html.contains("An error was encountered with the requested page."));
        assert!(html.contains("redirect_mismatch"));
        assert!(!html.contains("How to mend it"));
    }
}
