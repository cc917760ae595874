//! An address of a sign-in in words, and what its server says to it.

use poolhouse_relying_party::address_advice::{AddressKind, Advice, Fault, advise};
use poolhouse_relying_party::shown::shown;
use poolhouse_server::error_dictionary::{self, Place};
use serde_json::json;
use url::Url;

use super::Explanation;
use crate::token::TrustArgs;

/// Whether a text was meant to be an address.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '\'', '<']);
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    scheme.is_some_and(is_scheme)
}

/// Describes it; with `trust` its server is asked too.
/// # Errors
/// When the server cannot be asked.
pub(super) fn explain(
    text: &str,
    trust: Option<&TrustArgs>,
) -> anyhow::Result<Option<Explanation>> {
    let Some(mut told) = advise(text) else {
        return Ok(None);
    };
    let said = match trust {
        Some(trust) => Some(ask(text, trust, &mut told)?),
        None => None,
    };
    Ok(Some(explanation(&told, said.as_deref())))
}

fn explanation(told: &Advice, said: Option<&str>) -> Explanation {
    let mut lines = vec![told.summary.clone()];
    if !told.parameters.is_empty() {
        lines.push(String::new());
    }
    for parameter in &told.parameters {
        lines.push(format!(
            "  {:<22} {}  ({})",
            parameter.name, parameter.value, parameter.meaning
        ));
    }
    for (is_certain, heading) in [(true, "What is wrong:"), (false, "What to look at:")] {
        let faults: Vec<_> = told
            .faults
            .iter()
            .filter(|fault| fault.is_certain == is_certain)
            .collect();
        if !faults.is_empty() {
            lines.push(format!("\n{heading}"));
            lines.extend(faults.iter().map(|fault| format!("  - {}", fault.text)));
        }
    }
    if !told.faults.iter().any(|fault| fault.is_certain) && told.kind == AddressKind::Authorization
    {
        lines.push("\nNothing in it is wrong by itself; whether the client has all this, its server knows.".to_owned());
    }
    if let Some(said) = said {
        lines.push(format!("\nThe server: {said}"));
    }
    let parameters = told.parameters.iter().map(|parameter| {
        json!({"name": parameter.name, "value": parameter.value, "meaning": parameter.meaning})
    });
    let faults = told.faults.iter();
    let faults = faults.map(|fault| json!({"certain": fault.is_certain, "text": fault.text}));
    let json = json!({
        "kind": "address", "summary": told.summary, "parameters": parameters.collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(), "server": said,
    });
    Explanation { lines, json }
}

/// Asks the server, as a browser that is not signed in. What brings a code or a token is never sent
/// on.
fn ask(text: &str, trust: &TrustArgs, told: &mut Advice) -> anyhow::Result<String> {
    if told.kind != AddressKind::Authorization {
        return Ok("not asked, the address begins no sign-in.".to_owned());
    }
    let address = Url::parse(text.trim().trim_matches(['"', '\'', '<', '>']))?;
    let web = trust.web().map_err(crate::token::Failure::into_error)?;
    let answer = web.look(&address, None)?;
    let location = answer.location.as_deref();
    let location = location.and_then(|location| address.join(location).ok());
    let Some(location) = location else {
        return Ok(match answer.status {
            200 => "it shows a page (200).".to_owned(),
            status => format!("it answers {status} and leads nowhere: the page says why."),
        });
    };
    let error = location.query_pairs().find(|(name, _)| name == "error");
    let Some((_, error)) = error else {
        let path = shown(location.path());
        return Ok(format!(
            "it takes the address, and goes on to {path} ({}).",
            answer.status
        ));
    };
    let error = shown(&error);
    let known = error_dictionary::find(&error);
    let mut known = known.iter().filter(|entry| entry.place == Place::Authorize);
    match (known.next(), known.next()) {
        (Some(entry), None) => {
            let (cause, remedy) = (entry.words.cause, entry.words.remedy);
            let text = format!("{error}: {cause} {remedy}");
            told.faults.push(Fault {
                is_certain: true,
                text,
            });
            Ok(format!("it refuses the address: {error}."))
        }
        _ => Ok(format!(
            "it refuses the address: {error} (poolhouse explain {error} lists what that may be)."
        )),
    }
}
