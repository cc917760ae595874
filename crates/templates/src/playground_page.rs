//! The developer's page that walks through the sign-in flow.

use askama::Template;

use crate::page::Page;
use crate::playground_assets;

/// The playground. What it shows of clients, requests and answers is put in by its modules.
#[derive(Clone, Debug, Template)]
#[template(path = "playground.html")]
pub struct PlaygroundPage {
    /// Where sign-ins lead back to.
    pub public_url: String,
    /// Comes back with the form that registers the page with a client.
    pub csrf_token: String,
}

impl Page for PlaygroundPage {
    fn samples() -> Vec<Self> {
        let page = |public_url: &str, csrf_token: &str| Self {
            public_url: public_url.to_owned(),
            csrf_token: csrf_token.to_owned(),
        };
        let hostile = "<script>alert(1)</script>\"'><img src=x onerror=a>";
        vec![
            page(
                "http://localhost:9229",
                "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64",
            ),
            page(hostile, hostile),
        ]
    }
}
