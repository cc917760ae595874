//! The developer's inbox.

use askama::Template;

use crate::page::Page;

/// The page that shows every message that was sent.
#[derive(Clone, Debug, Template)]
#[template(path = "inbox.html")]
pub struct InboxPage {
    /// Comes back in the field `_csrf` of the button.
    pub csrf_token: String,
    /// The one recipient whose messages are shown; `None` for all.
    pub to: Option<String>,
    /// The messages, newest first.
    pub messages: Vec<MessageOnPage>,
}

/// A message.
#[derive(Clone, Debug)]
pub struct MessageOnPage {
    /// Address or number.
    pub to: String,
    /// Subject of a mail.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// The source of the same as HTML.
    pub html: Option<String>,
    /// The code in it.
    pub code: Option<String>,
    /// The temporary password in it.
    pub temporary_password: Option<String>,
    /// The link in it: `http` or `https`, nothing else.
    pub link: Option<String>,
    /// When it was written, by RFC 3339.
    pub created_at: String,
    /// Why it has not left, if it should have.
    pub last_error: Option<String>,
}

impl Page for InboxPage {
    fn samples() -> Vec<Self> {
        let mail = MessageOnPage {
            to: "jane@example.com".to_owned(),
            subject: Some("Your verification code".to_owned()),
            text: "Your confirmation code is 123456".to_owned(),
            html: None,
            code: Some("123456".to_owned()),
            temporary_password: None,
            link: None,
            created_at: "2026-01-31T12:00:00Z".to_owned(),
            last_error: None,
        };
        let hostile = "<script>alert(1)</script>\"'><img src=x onerror=a>".to_owned();
        vec![
            Self {
                csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
                to: None,
                messages: Vec::new(),
            },
            Self {
                csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
                to: Some("nobody@example.com".to_owned()),
                messages: Vec::new(),
            },
            Self {
                csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
                to: None,
                messages: vec![
                    mail.clone(),
                    MessageOnPage {
                        to: "+12065550100".to_owned(),
                        subject: None,
                        html: Some("<b>Welcome</b>".to_owned()),
                        code: None,
                        temporary_password: Some("Temporary1!".to_owned()),
                        link: Some("http://localhost:9229/confirmUser?client_id=a".to_owned()),
                        last_error: Some("the mail server refused it".to_owned()),
                        ..mail.clone()
                    },
                ],
            },
            Self {
                csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
                to: Some(hostile.clone()),
                messages: vec![MessageOnPage {
                    to: hostile.clone(),
                    subject: Some(hostile.clone()),
                    text: hostile.clone(),
                    html: Some(hostile.clone()),
                    code: Some(hostile.clone()),
                    temporary_password: Some(hostile.clone()),
                    link: Some(format!("http://localhost/{hostile}")),
                    created_at: mail.created_at,
                    last_error: Some(hostile),
                }],
            },
        ]
    }
}
