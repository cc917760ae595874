//! Says in words what an address of a sign-in asks for or brings back, and what is wrong with it.

mod authorization;
mod callback;
mod logout;
mod meanings;
mod query;
mod redirect_target;

use url::Url;

use crate::shown::shown;
use query::Query;

/// Longest address that is read, in bytes.
pub const MOST_ADDRESS_BYTES: usize = 64 * 1024;

/// An address in words. Every text is fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is for.
    pub kind: AddressKind,
    /// What it is, in a sentence.
    pub summary: String,
    /// Each parameter, in its order.
    pub parameters: Vec<ParameterWords>,
    /// What is wrong, and what may be.
    pub faults: Vec<Fault>,
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// It begins a sign-in.
    Authorization,
    /// It ends the session of the browser.
    Logout,
    /// It brings a code, tokens or an error back to the app.
    Callback,
    /// The page on which Cognito shows an error.
    ErrorPage,
    /// None of these.
    Other,
}

/// A parameter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterWords {
    /// Its name.
    pub name: String,
    /// Its value; shortened where it opens something.
    pub value: String,
    /// What it means.
    pub meaning: &'static str,
}

/// Something about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whether it makes the address fail; otherwise it may, or is against good practice.
    pub is_certain: bool,
    /// What, and what to do.
    pub text: String,
}

impl Fault {
    fn wrong(text: impl Into<String>) -> Self {
        Self {
            is_certain: true,
            text: text.into(),
        }
    }

    fn doubtful(text: impl Into<String>) -> Self {
        Self {
            is_certain: false,
            text: text.into(),
        }
    }
}

/// Reads an address; `None` for what is none, or far too long.
pub fn advise(text: &str) -> Option<Advice> {
    let text = text.trim().trim_matches(['"', '\'', '<', '>']);
    if text.len() > MOST_ADDRESS_BYTES {
        return None;
    }
    let address = Url::parse(text).ok()?;
    let query = Query::of(&address);
    let kind = kind_of(&address, &query);
    let (summary, mut faults) = match kind {
        AddressKind::Authorization => authorization::advise(&address, &query),
        AddressKind::Logout => logout::advise(&query),
        AddressKind::Callback => callback::advise(&address, &query),
        AddressKind::ErrorPage => callback::advise_error_page(&query),
        AddressKind::Other => (
            "An address that begins no sign-in and brings none back: it has neither response_type \
             nor code nor error."
                .to_owned(),
            Vec::new(),
        ),
    };
    faults.extend(query.faults());
    let parameters = query.all().iter().map(|(name, value)| ParameterWords {
        name: shown(name),
        value: meanings::value(name, value),
        meaning: meanings::of(name),
    });
    Some(Advice {
        kind,
        summary,
        parameters: parameters.collect(),
        faults,
    })
}

fn kind_of(address: &Url, query: &Query) -> AddressKind {
    let path = address.path().trim_end_matches('/');
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    let brings = ["code", "error", "access_token", "id_token"];
    if ends(&["/error"]) && query.has("error") {
        AddressKind::ErrorPage
    } else if ends(&["/logout"]) {
        AddressKind::Logout
    } else if ends(&[
        "/authorize",
        "/auth",
        "/login",
        "/signup",
        "/forgotPassword",
    ]) || query.has("response_type")
    {
        AddressKind::Authorization
    } else if brings.iter().any(|name| query.has(name)) {
        AddressKind::Callback
    } else {
        AddressKind::Other
    }
}

#[cfg(test)]
mod tests;
