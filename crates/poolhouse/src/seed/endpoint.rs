//! A seed put in force by a server that runs.

use std::time::Duration;

use anyhow::{Context as _, bail};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Request, StatusCode, header};
use poolhouse_config::ServerConfig;
use serde::Deserialize;
use url::Url;

use crate::own_client;

/// How long the server may take: a password costs it some 25 ms.
const ANSWER_TTL: Duration = Duration::from_mins(10);

/// What a server answers.
#[derive(Deserialize)]
struct Answer {
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    action: String,
    what: String,
    differences: Vec<String>,
}

/// Why a server did not do it.
#[derive(Deserialize)]
struct Refusal {
    message: String,
}

/// Sends the document; gives back the changes in words.
/// # Errors
/// When no server of ours answers, or it refuses the document.
pub(super) async fn seed(
    endpoint: &str,
    document: String,
    is_plan: bool,
    server: &ServerConfig,
) -> anyhow::Result<Vec<String>> {
    let url = Url::parse(endpoint).context("the endpoint is no URL, like http://localhost:9229")?;
    let query = if is_plan { "?plan" } else { "" };
    let request = Request::post(format!("/_poolhouse/seed{query}"))
        .header(header::CONTENT_TYPE, "application/yaml")
        .body(Full::new(Bytes::from(document)))?;
    let sending = own_client::send(&url, None, server, request);
    let sent = tokio::time::timeout(ANSWER_TTL, sending).await;
    let (status, body) = sent.context("the server did not answer in time")??;
    if status == StatusCode::OK {
        let answer: Answer = serde_json::from_slice(&body)
            .context("what answers at the endpoint is no Poolhouse of this release")?;
        let changes = answer.changes.into_iter();
        return Ok(changes
            .map(|change| {
                super::lines(&change.action, &change.what, change.differences.into_iter())
            })
            .collect());
    }
    match serde_json::from_slice::<Refusal>(&body) {
        Ok(refusal) => bail!("{}", refusal.message),
        Err(_) => bail!(
            "the server answers {status}: is it a Poolhouse in the dev profile, and is the \
             document shorter than its --max-body-bytes?"
        ),
    }
}
