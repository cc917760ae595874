//! The developer's page at the end of a sign-in.

use askama::Template;

use crate::page::Page;

/// The page that shows an authorization response to a developer who has no app yet.
#[derive(Clone, Debug, Template)]
#[template(path = "callback.html")]
pub struct CallbackPage {
    /// The client that the response is for.
    pub client_id: String,
    /// What came, in the order it came.
    pub parameters: Vec<ReceivedParameter>,
    /// The command that exchanges the code; `None` when no code came.
    pub command: Option<String>,
}

/// A parameter of the response.
#[derive(Clone, Debug)]
pub struct ReceivedParameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Page for CallbackPage {
    fn samples() -> Vec<Self> {
        let parameter = |name: &str, value: &str| ReceivedParameter {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let empty = Self {
            client_id: "1example23456789".to_owned(),
            parameters: Vec::new(),
            command: None,
        };
        let hostile = "<script>alert(1)</script>\"'><img src=x onerror=a>";
        vec![
            empty.clone(),
            Self {
                parameters: vec![parameter("code", "d0a7e1c5"), parameter("state", "s")],
                command: Some(
                    "curl http://localhost:9229/oauth2/token -d code=d0a7e1c5".to_owned(),
                ),
                ..empty.clone()
            },
            Self {
                parameters: vec![parameter("error", "access_denied")],
                ..empty
            },
            Self {
                client_id: hostile.to_owned(),
                parameters: vec![parameter(hostile, hostile)],
                command: Some(hostile.to_owned()),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_shown_with_the_command_that_exchanges_it() {
        let html = CallbackPage::samples()[1].to_html().unwrap();
        assert!(html.contains("<dt>code</dt><dd><code>d0a7e1c5</code></dd>"));
        assert!(html.contains("-d code=d0a7e1c5"));
    }

    #[test]
    fn an_answer_without_a_code_offers_nothing_to_exchange() {
        for page in [0, 2].map(|index| CallbackPage::samples()[index].clone()) {
            assert!(!page.to_html().unwrap().contains("<pre"));
        }
    }
}
