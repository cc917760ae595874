//! What all pages of a pool have in common.

use crate::language::Language;

/// What is around the content of a page of a pool: layout `hosted_layout.html`.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language that the page speaks.
    pub language: Language,
    /// What the user signs in to: the app client's name.
    pub application: String,
    /// Comes back in the field `_csrf` of every form.
    pub csrf_token: String,
    /// How the owner of the pool wants the page to look.
    pub branding: Option<Branding>,
    /// What went well on the page before.
    pub note: Option<String>,
    /// Whether to show links to the developer's pages.
    pub is_dev: bool,
}

/// How the owner of a pool wants its pages to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branding {
    /// Where the owner's stylesheet is.
    pub stylesheet_path: Option<String>,
    /// Where the owner's logo is.
    pub logo_path: Option<String>,
}

/// Why a page is shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is said of it.
    pub text: String,
    /// The language that it is said in.
    pub language: Language,
    /// Whether what was typed is wrong: the fields are marked.
    pub is_refused: bool,
}

impl Branding {
    /// Where the owner's logo is.
    pub fn logo_path(&self) -> Option<&str> {
        self.logo_path.as_deref()
    }
}

impl Frame {
    /// The text of a message in the language of the page.
    pub fn text(&self, message: &str) -> String {
        self.language.text(message)
    }

    /// The text of a message that names the application.
    pub fn text_with_application(&self, message: &str) -> String {
        let variables = [("application", self.application.as_str())];
        self.language.text_with(message, &variables)
    }

    /// The text of a message that names something else beside the application.
    pub fn text_with(&self, message: &str, name: &str, value: &str) -> String {
        let variables = [("application", self.application.as_str()), (name, value)];
        self.language.text_with(message, &variables)
    }

    /// The title of a page that is shown for the first time or again.
    pub fn title(&self, message: &str, problem: Option<&Problem>) -> String {
        let title = self.text_with_application(message);
        match problem {
            Some(_) => self.language.text_with("error-title", &[("title", &title)]),
            None => title,
        }
    }
}

/// Frames and problems for samples of pages.
pub(crate) mod samples {
    use super::{Branding, Frame, Problem};
    use crate::language::Language;

    /// A value that would do harm if it became markup.
    pub(crate) const HOSTILE: &str = r#"</title><script>alert(1)</script>"'><img src=x onerror=a>"#;

    /// The frame of an ordinary page.
    pub(crate) fn frame() -> Frame {
        Frame {
            language: Language::English,
            application: "Example app".to_owned(),
            csrf_token: "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64".to_owned(),
            branding: None,
            note: None,
            is_dev: false,
        }
    }

    /// The frame of a page whose owner has set a look.
    pub(crate) fn branded_frame() -> Frame {
        Frame {
            branding: Some(branding()),
            ..frame()
        }
    }

    /// A frame that says that something went well.
    pub(crate) fn frame_with_note(note: &str) -> Frame {
        Frame {
            note: Some(note.to_owned()),
            ..frame()
        }
    }

    /// A look.
    pub(crate) fn branding() -> Branding {
        let folder = "/_poolhouse/branding/us-east-1_Example01/ALL/0123456789abcdef";
        Branding {
            stylesheet_path: Some(format!("{folder}/style.css")),
            logo_path: Some(format!("{folder}/logo.png")),
        }
    }

    /// A frame whose every value is hostile.
    pub(crate) fn hostile_frame() -> Frame {
        Frame {
            language: Language::English,
            application: HOSTILE.to_owned(),
            csrf_token: HOSTILE.to_owned(),
            branding: Some(Branding {
                stylesheet_path: Some(HOSTILE.to_owned()),
                logo_path: Some(HOSTILE.to_owned()),
            }),
            note: Some(HOSTILE.to_owned()),
            is_dev: true,
        }
    }

    /// What was typed is wrong.
    pub(crate) fn refusal(text: &str) -> Problem {
        Problem {
            text: text.to_owned(),
            language: Language::English,
            is_refused: true,
        }
    }

    /// Something else went wrong.
    pub(crate) fn setback(text: &str) -> Problem {
        Problem {
            text: text.to_owned(),
            language: Language::English,
            is_refused: false,
        }
    }
}
