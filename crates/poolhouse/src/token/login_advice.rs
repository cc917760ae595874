//! What a server says to the address of a sign-in before a person opens it, and what to do then.

use poolhouse_relying_party::address_advice::{AddressKind, advise};
use poolhouse_relying_party::authorization::{Answer, AnswerError, Refusal, SignIn};
use poolhouse_relying_party::shown::shown;
use url::Url;

use super::issuer_args::Found;
use super::{Failure, Outcome};

/// What to do when no answer came.
pub(super) const LATE: &str = "\
Where the browser shows an error in place of the sign-in page, poolhouse explain --check says what is \
wrong with the address above.";

/// Statuses by which a server says that the request itself is wrong, not the program that sends it.
const REFUSING: [u16; 3] = [400, 404, 422];

/// Asks the server as the browser will, without its cookies, so that a refusal is told here and not
/// on a page that nobody reads.
/// # Errors
/// When it refuses.
pub(super) fn look_ahead(found: &Found, client_id: &str, sign_in: &SignIn) -> Outcome {
    let answer = found.web.look(&sign_in.address, None)?;
    if REFUSING.contains(&answer.status) {
        let error = anyhow::anyhow!(
            "the server answers {} to the sign-in address",
            answer.status
        );
        return Err(Failure::refused(error).with_advice(how_to_register(found, client_id, sign_in)));
    }
    let location = answer.location.as_deref();
    let Some(location) = location.and_then(|text| sign_in.address.join(text).ok()) else {
        return Ok(());
    };
    let Some(refusal) = refusal(&location) else {
        return Ok(());
    };
    let is_target = refusal.error == "redirect_mismatch" || is_error_page(&location);
    let failure = Failure::from(AnswerError::Refused(refusal));
    if is_target {
        return Err(failure.with_advice(how_to_register(found, client_id, sign_in)));
    }
    Err(failure)
}

fn is_error_page(location: &Url) -> bool {
    advise(location.as_str()).is_some_and(|advice| advice.kind == AddressKind::ErrorPage)
}

fn refusal(location: &Url) -> Option<Refusal> {
    match Answer::of_query(location.query()?).outcome() {
        Err(AnswerError::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}

/// Which redirect URI must be registered, and how that is done where the issuer is a user pool.
fn how_to_register(found: &Found, client_id: &str, sign_in: &SignIn) -> String {
    let mut text = format!(
        "Is {} registered with the client {} as a callback URL, letter for letter?",
        shown(&sign_in.redirect_uri),
        shown(client_id)
    );
    let pool = found.provider.issuer.rsplit('/').next().unwrap_or_default();
    if let Some((region, _)) = pool
        .split_once('_')
        .filter(|_| is_plain(pool) && is_plain(client_id))
    {
        let endpoint = endpoint(found).map(|url| format!(" \\\n    --endpoint-url {url}"));
        text = format!(
            "{text}\n\nTo register it (list the callback URLs that are there too, and the other settings that\n\
             describe-user-pool-client shows: what an update leaves out gets its default back):\n\n\
             \x20 aws cognito-idp update-user-pool-client --region {region} --user-pool-id {pool} \\\n\
             \x20   --client-id {client_id} --callback-urls {}{}",
            quoted(&sign_in.redirect_uri),
            endpoint.unwrap_or_default()
        );
    }
    text
}

/// The server to name to the AWS command line, where it is not AWS.
fn endpoint(found: &Found) -> Option<String> {
    let issuer = Url::parse(&found.provider.issuer).ok()?;
    let url = found.endpoint.as_ref().unwrap_or(&issuer);
    let host = url.host_str().unwrap_or_default();
    let is_aws = host.ends_with(".amazonaws.com");
    (!is_aws).then(|| url.origin().ascii_serialization())
}

fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn quoted(text: &str) -> String {
    format!("'{}'", shown(text).replace('\'', "'\\''"))
}
