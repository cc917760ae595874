//! What a door tells of the request that it answers.

use std::sync::Arc;

use parking_lot::Mutex;
use serde::Deserialize;

/// Longest text that is kept, in bytes.
const MAX_TEXT: usize = 256;

/// Takes down what a door tells of a request; where events are not kept it takes nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report(Option<Arc<Mutex<Facts>>>);

/// What a door told of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The operation of the API.
    pub(crate) operation: Option<&'static str>,
    /// Id of the pool that it named.
    pub(crate) pool_id: Option<String>,
    /// Id of the app client that it named.
    pub(crate) client_id: Option<String>,
    /// Why it was refused.
    pub(crate) refusal: Option<Refusal>,
    /// What a form of the start page changed.
    pub(crate) change: Option<Change>,
}

/// What a form of the start page changed.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// It, in a sentence.
    pub(crate) text: String,
    /// The command that does the same, without secrets.
    pub(crate) command: String,
}

/// Why a request was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The error code that was sent.
    pub(crate) code: Option<String>,
    /// The text that was sent.
    pub(crate) told: Option<String>,
    /// What the log says.
    pub(crate) reason: Option<String>,
}

/// Where the input of an operation names a pool and a client.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Subject {
    user_pool_id: Option<String>,
    client_id: Option<String>,
}

impl Report {
    /// A report that takes everything down.
    pub(crate) fn kept() -> Self {
        Self(Some(Arc::default()))
    }

    /// Says which operation is called, with what input.
    pub(crate) fn operation(&self, name: &'static str, input: &[u8]) {
        let Some(facts) = &self.0 else { return };
        let subject: Subject = serde_json::from_slice(input).unwrap_or_default();
        let mut facts = facts.lock();
        facts.operation = Some(name);
        facts.pool_id = subject.user_pool_id.as_deref().map(shortened);
        facts.client_id = subject.client_id.as_deref().map(shortened);
    }

    /// Says which client the request names.
    pub(crate) fn client(&self, client_id: &str) {
        if let Some(facts) = &self.0 {
            facts.lock().client_id = Some(shortened(client_id));
        }
    }

    /// Says why the request was refused.
    pub(crate) fn refused(&self, refusal: Refusal) {
        if let Some(facts) = &self.0 {
            facts.lock().refusal = Some(refusal);
        }
    }

    /// Says what was changed.
    pub(crate) fn changed(&self, change: Change) {
        if let Some(facts) = &self.0 {
            facts.lock().change = Some(change);
        }
    }

    /// Says that the server failed: what exactly is for the log.
    pub(crate) fn failed(&self, error: &impl ToString) {
        self.refused(Refusal::for_the_log(error));
    }

    /// What was told so far.
    pub(super) fn take(&self) -> Facts {
        let facts = self.0.as_ref();
        facts.map(|facts| facts.lock().clone()).unwrap_or_default()
    }
}

impl Refusal {
    /// A reason that the log gives.
    pub(crate) fn for_the_log(reason: &impl ToString) -> Self {
        Self {
            reason: Some(shortened(&reason.to_string())),
            ..Self::default()
        }
    }

    /// The same, with the error code that was sent.
    pub(crate) fn with_code(self, code: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            ..self
        }
    }

    /// The same, with the text that was sent.
    pub(crate) fn with_text(self, text: &str) -> Self {
        Self {
            told: Some(shortened(text)),
            ..self
        }
    }
}

/// As much of a text as is kept.
pub(super) fn shortened(text: &str) -> String {
    let end = text.floor_char_boundary(MAX_TEXT);
    if end == text.len() {
        text.to_owned()
    } else {
        format!("{}\u{2026}", &text[..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_kept_nothing_is_taken() {
        let report = Report::default();
        report.operation("SignUp", br#"{"ClientId": "a"}"#);
        report.failed(&"why");
        assert!(report.take().operation.is_none() && report.take().refusal.is_none());
    }

    #[test]
    fn of_an_input_the_ids_are_taken_and_nothing_else() {
        let report = Report::kept();
        let input = br#"{"UserPoolId": "p", "ClientId": "c", "Password": "Secret-7!"}"#;
        report.operation("SignUp", input);
        let facts = report.take();
        assert_eq!(facts.pool_id.as_deref(), Some("p"));
        assert_eq!(facts.client_id.as_deref(), Some("c"));
        assert!(!format!("{facts:?}").contains("Secret-7!"));
    }

    #[test]
    fn a_hostile_input_is_no_subject() {
        for input in [&b"\xff"[..], b"[1]", br#"{"UserPoolId": {"a": 1}}"#, b""] {
            let report = Report::kept();
            report.operation("SignUp", input);
            assert_eq!(report.take().pool_id, None);
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = "\u{e9}".repeat(1000);
        assert!(shortened(&text).len() <= MAX_TEXT + 3);
        assert_eq!(shortened("short"), "short");
    }
}
