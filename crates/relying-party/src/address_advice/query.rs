//! The parameters of an address, and what is wrong with them whatever the address is for.

use url::Url;

use super::Fault;
use crate::shown::shown;

/// Names that are written otherwise than the protocol has them, and how it has them.
const MISSPELT: [(&str, &str); 22] = [
    ("redirect_url", "redirect_uri"),
    ("redirecturi", "redirect_uri"),
    ("redirecturl", "redirect_uri"),
    ("redirect-uri", "redirect_uri"),
    ("redirect", "redirect_uri"),
    ("callback_url", "redirect_uri"),
    ("callback", "redirect_uri"),
    ("clientid", "client_id"),
    ("client-id", "client_id"),
    ("client", "client_id"),
    ("app_client_id", "client_id"),
    ("responsetype", "response_type"),
    ("response-type", "response_type"),
    ("scopes", "scope"),
    ("logout_url", "logout_uri"),
    ("logouturi", "logout_uri"),
    ("logout-uri", "logout_uri"),
    ("codechallenge", "code_challenge"),
    ("code-challenge", "code_challenge"),
    ("codechallengemethod", "code_challenge_method"),
    ("code-challenge-method", "code_challenge_method"),
    ("identityprovider", "identity_provider"),
];

/// The decoded parameters of query and fragment, in order.
pub(super) struct Query {
    all: Vec<(String, String)>,
    fragment: Vec<(String, String)>,
    raw: String,
}

impl Query {
    pub(super) fn of(address: &Url) -> Self {
        let pairs = |text: &str| -> Vec<(String, String)> {
            form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect()
        };
        let mut all: Vec<_> = address.query().map(pairs).unwrap_or_default();
        let fragment = address.fragment().filter(|text| text.contains('='));
        let fragment = fragment.map(|text| pairs(text.trim_start_matches(['?', '/'])));
        let fragment = fragment.unwrap_or_default();
        all.extend(fragment.iter().cloned());
        Self {
            all,
            fragment,
            raw: address.query().unwrap_or_default().to_owned(),
        }
    }

    pub(super) fn all(&self) -> &[(String, String)] {
        &self.all
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.all.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a name, unless it is empty.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether a name comes behind the `#`.
    pub(super) fn is_in_fragment(&self, name: &str) -> bool {
        self.fragment.iter().any(|(known, _)| known == name)
    }

    /// What is wrong whatever the address is for.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, (name, value)) in self.all.iter().enumerate() {
            let plain = name.to_ascii_lowercase();
            if let Some(right) = name.strip_prefix("amp;") {
                faults.push(Fault::wrong(format!(
                    "\"{}\": the address was copied out of HTML; write & in place of &amp; before {}.",
                    shown(name),
                    shown(right)
                )));
            }
            let misspelt = MISSPELT.iter().find(|(wrong, _)| *wrong == plain);
            if let Some((_, right)) = misspelt.filter(|(_, right)| !self.has(right)) {
                faults.push(Fault::wrong(format!(
                    "\"{}\" is written {right}.",
                    shown(name)
                )));
            }
            if self.all[..index].iter().any(|(known, _)| known == name) {
                faults.push(Fault::wrong(format!("{} comes twice.", shown(name))));
            }
            if value.trim() != value || value.contains(['\n', '\r', '\t']) {
                faults.push(Fault::wrong(format!(
                    "{} has blanks or line ends around or in it.",
                    shown(name)
                )));
            }
            if is_encoded_twice(value) {
                faults.push(Fault::wrong(format!(
                    "{} is percent-encoded twice: after decoding it still reads {}. Encode it once; \
                     URLSearchParams and HTTP libraries do it themselves.",
                    shown(name),
                    shown(value)
                )));
            }
        }
        if self.raw.contains('?') {
            faults.push(Fault::doubtful(
                "There is a second ? in the query; parameters are parted by &, and a ? inside a value \
                 is written %3F.",
            ));
        }
        for secret in ["client_secret", "password", "refresh_token"] {
            if self.has(secret) {
                faults.push(Fault::wrong(format!(
                    "{secret} does not belong into an address: addresses are kept in histories and \
                     logs. Take it out, and change the secret."
                )));
            }
        }
        faults
    }
}

/// Whether a value that was decoded still holds what only encoding makes.
fn is_encoded_twice(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["%3a%2f%2f", "%2f%2f", "%20", "%2b", "%253a"]
        .iter()
        .any(|mark| lower.contains(mark))
}
