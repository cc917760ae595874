//! A seed put in force by a server that runs.

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::TcpStream;
use url::Url;

/// How long the server may take: a password costs it some 25 ms.
const ANSWER_TTL: Duration = Duration::from_mins(10);

/// Longest answer that is read.
const MOST_ANSWER_BYTES: usize = 16 * 1024 * 1024;

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
) -> anyhow::Result<Vec<String>> {
    let url = Url::parse(endpoint).context("the endpoint is no URL, like http://localhost:9229")?;
    ensure!(
        url.scheme() == "http",
        "the endpoint begins with http://, as the dev profile serves"
    );
    let sent = tokio::time::timeout(ANSWER_TTL, send(&url, document, is_plan)).await;
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

async fn send(url: &Url, document: String, is_plan: bool) -> anyhow::Result<(StatusCode, Bytes)> {
    let addresses = url
        .socket_addrs(|| None)
        .context("the endpoint has no address")?;
    let stream = TcpStream::connect(&*addresses).await;
    let stream = stream.with_context(|| format!("no server answers at {url}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    let query = if is_plan { "?plan" } else { "" };
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let request = Request::post(format!("/_poolhouse/seed{query}"))
        .header(header::HOST, authority)
        .header(header::CONTENT_TYPE, "application/yaml")
        .body(Full::new(Bytes::from(document)))?;
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), MOST_ANSWER_BYTES)
        .collect()
        .await;
    let body = body.map_err(|error| anyhow::anyhow!(error))?.to_bytes();
    drop(sender);
    driver.abort();
    Ok((status, body))
}
