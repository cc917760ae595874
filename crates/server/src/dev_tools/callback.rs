//! `GET /_poolhouse/callback/{client_id}`: an authorization response as an app would see it.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::ClientId;
use poolhouse_templates::{CallbackPage, ReceivedParameter};

use super::start_page::Visit;
use crate::app::App;
use crate::hosted_ui::render;
use crate::oauth::FormRequest;

/// Where the server itself receives authorization responses, to show them to a developer who has
/// no app yet; the id of an app client follows.
pub(super) const CALLBACK_PATH: &str = "/_poolhouse/callback/";

/// Parameters that are shown.
const MOST_PARAMETERS: usize = 20;

/// Shows what came, and the command that exchanges the code.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(client_id): Path<String>,
    RawQuery(query): RawQuery,
    request: FormRequest,
) -> Response {
    let (_, client) = match app.service.client(&ClientId::new(client_id)).await {
        Ok(found) => found,
        Err(error) => return Visit::of(&app, &request).answer_error(&error),
    };
    let query = query.unwrap_or_default();
    let parameters: Vec<ReceivedParameter> = form_urlencoded::parse(query.as_bytes())
        .take(MOST_PARAMETERS)
        .map(|(name, value)| ReceivedParameter {
            name: name.into_owned(),
            value: value.into_owned(),
        })
        .collect();
    let code = parameters.iter().find(|parameter| parameter.name == "code");
    let code = code.map(|parameter| parameter.value.as_str());
    let public_url = &app.service.settings().public_url;
    let is_confidential = client.sealed_secret.is_some();
    let command = code
        .filter(|code| is_plain(code) && is_plain(client.id.as_str()))
        .map(|code| exchange_command(public_url, client.id.as_str(), is_confidential, code));
    let page = CallbackPage {
        client_id: client.id.to_string(),
        parameters,
        command,
    };
    render(StatusCode::OK, &page)
}

/// Whether a text means nothing to a shell: it is offered to be pasted there.
fn is_plain(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn exchange_command(
    public_url: &str,
    client_id: &str,
    is_confidential: bool,
    code: &str,
) -> String {
    let mut command = format!("curl -s {public_url}/oauth2/token");
    let mut option = |text: &str| {
        // Writing to a String cannot fail.
        let _ = write!(command, " \\\n  {text}");
    };
    if is_confidential {
        option(&format!("-u {client_id}:CLIENT_SECRET"));
    }
    option("-d grant_type=authorization_code");
    option(&format!("-d client_id={client_id}"));
    option(&format!(
        "-d redirect_uri={public_url}{CALLBACK_PATH}{client_id}"
    ));
    option(&format!("-d code={code}"));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s51_only_what_means_nothing_to_a_shell_is_put_into_a_command() {
        assert!(is_plain("0f6a3c9e-7a50-4d3b-9a35-7f2b6f0a9d10"));
        let long = "a".repeat(129);
        for hostile in [
            "", "$(id)", "a;id", "`id`", "a b", "a\nid", "a'b", "é", &long,
        ] {
            assert!(!is_plain(hostile), "{hostile}");
        }
    }

    #[test]
    fn the_command_names_the_address_that_the_code_was_sent_to() {
        let command = exchange_command("http://localhost:9229", "abc", true, "123");
        assert!(command.contains("redirect_uri=http://localhost:9229/_poolhouse/callback/abc"));
        assert!(command.contains("-u abc:CLIENT_SECRET"));
        assert!(!exchange_command("http://a", "abc", false, "123").contains("-u"));
    }
}
