//! The entries: each text that is sent, where it comes from, and what is said of it.

use poolhouse_api_model::{ErrorCode, Operation};
use poolhouse_oauth::authorization_error::ErrorDelivery;
use poolhouse_service::ServiceError;
use poolhouse_templates::Language;

use super::door_texts::{API, PLAIN};
use super::input_texts::{INPUT_TEXTS, TAG_TEXTS};
use super::oauth_facts::{authorization, revocation, token, user_info};
use super::{Words, page_facts, service_facts, store_facts};
use crate::aws_json::error_answers;
use crate::dev_tools::whole_store_told;
use crate::hosted_ui::PageProblem;
use crate::oauth::Failure;

/// Where an error is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The JSON API: the code is `__type`, the text `message`.
    Api,
    /// `/oauth2/authorize` and `/logout`: the code goes back to the application or to the error
    /// page, the text to the log and, in the dev profile, to the error page.
    Authorize,
    /// `/oauth2/token`: the code is `error`; the text is for the log.
    Token,
    /// `/oauth2/revoke`: the code is `error`; the text is for the log.
    Revoke,
    /// `/oauth2/userInfo`: `error` and `error_description`.
    UserInfo,
    /// A hosted page.
    Page,
    /// The tools for test suites under `/_poolhouse/`.
    Tools,
    /// Any address, before a door is reached: a plain text.
    AnyAddress,
}

/// An error as it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub place: Place,
    /// The HTTP status, or where the answer goes.
    pub status: String,
    /// The error code, where the place has one.
    pub code: String,
    /// The text; `{name}` stands for what varies.
    pub text: String,
    /// Operations that it is the answer of, where others answer otherwise.
    pub operations: Vec<&'static str>,
    /// What causes it and how to mend it.
    pub words: Words,
}

/// Every error that the server can send.
pub fn entries() -> Vec<Entry> {
    let mut all = api_entries();
    all.extend(authorize_entries());
    all.extend(token_entries());
    all.extend(user_info_entries());
    all.extend(page_entries());
    all.extend(tool_entries());
    all.extend(PLAIN.map(|known| Entry {
        status: known.code.to_string(),
        ..entry(Place::AnyAddress, known.text, known.words)
    }));
    all
}

fn entry(place: Place, text: impl Into<String>, words: Words) -> Entry {
    Entry {
        place,
        status: String::new(),
        code: String::new(),
        text: text.into(),
        operations: Vec::new(),
        words,
    }
}

fn api_entry(code: ErrorCode, text: impl Into<String>, words: Words) -> Entry {
    Entry {
        status: code.status().to_string(),
        code: code.name().to_owned(),
        ..entry(Place::Api, text, words)
    }
}

fn api_entries() -> Vec<Entry> {
    let mut all: Vec<Entry> = service_facts::samples().iter().flat_map(of_fact).collect();
    all.extend(API.map(|known| api_entry(known.code, known.text, known.words)));
    let inputs = INPUT_TEXTS.iter();
    all.extend(inputs.map(|known| api_entry(known.code, known.text, known.words)));
    for (text, words) in TAG_TEXTS {
        let refused = ServiceError::TagsRefused(text.to_owned());
        all.extend(
            of_fact(&refused)
                .into_iter()
                .map(|entry| Entry { words, ..entry }),
        );
    }
    all
}

/// The answers to a fact: one, unless operations differ.
fn of_fact(fact: &ServiceError) -> Vec<Entry> {
    let words = service_facts::words(fact);
    let mut all: Vec<(ErrorCode, String, Vec<Operation>)> = Vec::new();
    for (operation, code, text) in error_answers(fact) {
        match all
            .iter_mut()
            .find(|known| known.0 == code && known.1 == text)
        {
            Some(known) => known.2.push(operation),
            None => all.push((code, text, vec![operation])),
        }
    }
    let is_the_same_everywhere = all.len() == 1;
    all.into_iter()
        .map(|(code, text, operations)| {
            let names = operations.into_iter().map(Operation::name);
            Entry {
                operations: names.filter(|_| !is_the_same_everywhere).collect(),
                ..api_entry(code, text, words)
            }
        })
        .collect()
}

fn authorize_entries() -> Vec<Entry> {
    let facts = authorization::samples().into_iter();
    facts
        .map(|fact| Entry {
            status: match fact.delivery() {
                ErrorDelivery::Page => "error page",
                ErrorDelivery::Redirect => "redirect",
            }
            .to_owned(),
            code: fact.code().as_str().to_owned(),
            ..entry(
                Place::Authorize,
                fact.to_string(),
                authorization::words(&fact),
            )
        })
        .collect()
}

fn of_failure(place: Place, failure: &Failure, text: String, words: Words) -> Entry {
    Entry {
        status: failure.status.as_u16().to_string(),
        code: failure.code.as_str().to_owned(),
        ..entry(place, text, words)
    }
}

fn token_entries() -> Vec<Entry> {
    let facts = token::samples().into_iter();
    let mut all: Vec<Entry> = facts
        .map(|fact| {
            let words = token::words(&fact);
            of_failure(Place::Token, &fact.into(), fact.to_string(), words)
        })
        .collect();
    let facts = revocation::samples().into_iter();
    all.extend(facts.map(|fact| {
        let words = revocation::words(&fact);
        of_failure(Place::Revoke, &fact.into(), fact.to_string(), words)
    }));
    let faults = [
        ServiceError::Busy,
        ServiceError::Internal(String::new()),
        ServiceError::FeatureNotServed("{rule}".to_owned()),
    ];
    all.extend(faults.iter().map(|fault| {
        let failure = Failure::from(fault);
        let text = failure.description.clone().unwrap_or_default();
        of_failure(Place::Token, &failure, text, service_facts::words(fault))
    }));
    all
}

fn user_info_entries() -> Vec<Entry> {
    let facts = user_info::samples().into_iter();
    facts
        .map(|fact| Entry {
            status: fact.status().to_string(),
            code: fact.code().as_str().to_owned(),
            ..entry(Place::UserInfo, fact.description(), user_info::words(&fact))
        })
        .collect()
}

fn page_entries() -> Vec<Entry> {
    let told = |problem: PageProblem, words| Entry {
        status: problem.status.as_u16().to_string(),
        ..entry(Place::Page, problem.tell(Language::English).text, words)
    };
    let mut all = vec![told(
        PageProblem::not_genuine(),
        Words {
            cause: "The form came without the token of its browser: cookies are blocked, or the page is old.",
            remedy: "Load the page again with cookies allowed; send forms from the page itself.",
        },
    )];
    all.extend([
        told(
            PageProblem::cookies_missing(),
            Words {
                cause: "The form came without any cookie of the page: the browser blocks cookies, or was closed meanwhile.",
                remedy: "Allow cookies for the server's host; a script sends back those that the page set.",
            },
        ),
        told(
            PageProblem::username_form(),
            Words {
                cause: "The name is empty, too long, or holds a space or a control character.",
                remedy: "Choose a name as the API takes it: 1 to 128 characters.",
            },
        ),
        told(
            PageProblem::password_form(),
            Words {
                cause: "The password meets the policy, but the API takes none with a space at its ends or of more than 256 characters.",
                remedy: "Choose another.",
            },
        ),
        told(
            PageProblem::passwords_differ(),
            Words {
                cause: "The new password and its repetition differ.",
                remedy: "Type the same password twice; a script sends it as password and confirm_password.",
            },
        ),
    ]);
    for fact in service_facts::samples() {
        let problem = PageProblem::of(&fact);
        all.extend(problem.map(|problem| told(problem, service_facts::words(&fact))));
    }
    let links = page_facts::samples().into_iter();
    all.extend(links.map(|link| Entry {
        status: "400".to_owned(),
        ..entry(
            Place::Page,
            Language::English.text(link.heading()),
            page_facts::words(&link),
        )
    }));
    all
}

fn tool_entries() -> Vec<Entry> {
    let facts = store_facts::samples().into_iter();
    facts
        .map(|fact| {
            let (status, text) = whole_store_told(&fact);
            Entry {
                status: status.as_u16().to_string(),
                ..entry(Place::Tools, text, store_facts::words(&fact))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::template::fixed_parts;
    use super::*;

    /// The code of the doors and of the service, as one text without the breaks of its literals.
    fn sources() -> String {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut text = String::new();
        for folder in ["src", "../service/src", "../api-model/src"] {
            read(&here.join(folder), &mut text);
        }
        unbroken(&text)
    }

    fn read(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("error_dictionary") {
                continue;
            }
            if path.is_dir() {
                read(&path, text);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    fn unbroken(text: &str) -> String {
        let mut lines = text.split("\\\n");
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |whole, line| whole + line.trim_start())
    }

    #[test]
    fn every_text_that_is_listed_by_hand_stands_in_the_code() {
        let sources = sources();
        let inputs = INPUT_TEXTS.iter().map(|known| known.text);
        let tags = TAG_TEXTS.iter().map(|(text, _)| *text);
        let doors = API.iter().map(|known| known.text);
        let plain = PLAIN.iter().map(|known| known.text);
        for text in inputs.chain(tags).chain(doors).chain(plain) {
            for part in fixed_parts(text) {
                let part = part.replace('\\', "\\\\");
                assert!(sources.contains(&part), "nothing says {part:?} of {text:?}");
            }
        }
    }

    #[test]
    fn every_entry_has_words_and_a_place_in_the_world() {
        for entry in entries() {
            for words in [entry.words.cause, entry.words.remedy] {
                assert!(words.ends_with('.') && words.contains(' '), "{entry:?}");
            }
            assert!(!entry.status.is_empty(), "{entry:?}");
            assert!(!entry.code.is_empty() || !entry.text.is_empty() || entry.status == "503");
        }
    }

    #[test]
    fn the_tables_hold_what_the_doors_answer() {
        let all = entries();
        let has = |place, status: &str, code: &str, text: &str| {
            all.iter().any(|entry| {
                (entry.place, entry.status.as_str()) == (place, status)
                    && (entry.code.as_str(), entry.text.as_str()) == (code, text)
            })
        };
        assert!(has(
            Place::Api,
            "400",
            "NotAuthorizedException",
            "Incorrect username or password."
        ));
        assert!(has(
            Place::Page,
            "200",
            "",
            "Incorrect username or password."
        ));
        assert!(has(
            Place::Token,
            "400",
            "invalid_grant",
            "the code was used before"
        ));
        assert!(has(Place::Token, "503", "temporarily_unavailable", ""));
        assert!(has(
            Place::Revoke,
            "401",
            "invalid_client",
            "the client secret is wrong"
        ));
        assert!(has(
            Place::Authorize,
            "error page",
            "redirect_mismatch",
            "the redirect_uri is not registered for the client"
        ));
    }
}
