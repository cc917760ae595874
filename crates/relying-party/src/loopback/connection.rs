//! One request of a browser, read with bounds, and the page that answers it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use url::Url;

/// Longest head of a request, in bytes: a code and a state fit many times.
const MOST_HEAD_BYTES: usize = 32 * 1024;

/// How long a browser may take for each part.
const PART_TTL: Duration = Duration::from_secs(5);

/// What a browser is shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Page {
    /// The answer has come.
    Caught,
    /// The server refused.
    Refused,
    /// The answer belongs to another sign-in.
    NotOurs,
    /// Nothing is here.
    Nothing,
}

impl Page {
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Caught => (
                "200 OK",
                "Back to the terminal",
                "The answer to your sign-in has arrived. You can close this tab.",
            ),
            Self::Refused => (
                "200 OK",
                "The sign-in was refused",
                "The terminal says why. You can close this tab.",
            ),
            Self::NotOurs => (
                "400 Bad Request",
                "This answer belongs to another sign-in",
                "It was not used. Open the address that the terminal shows.",
            ),
            Self::Nothing => (
                "404 Not Found",
                "Nothing is here",
                "This port waits for a sign-in.",
            ),
        }
    }
}

/// Reads a request; gives back its query where it comes for the redirect URI, and answers others.
pub(super) fn read_query(mut stream: TcpStream, place: &Url) -> Option<(String, TcpStream)> {
    stream.set_read_timeout(Some(PART_TTL)).ok()?;
    stream.set_write_timeout(Some(PART_TTL)).ok()?;
    let head = read_head(&mut stream)?;
    if let Some(query) = query(&head, place) {
        return Some((query, stream));
    }
    send(stream, Page::Nothing);
    None
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    // One byte at a time would keep the thread for long; so many parts are plenty.
    for _ in 0..256 {
        let read = stream.read(&mut part).ok().filter(|read| *read > 0)?;
        head.extend_from_slice(&part[..read]);
        if head.len() > MOST_HEAD_BYTES {
            return None;
        }
        if head.windows(4).any(|end| end == b"\r\n\r\n") {
            return String::from_utf8(head).ok();
        }
    }
    None
}

/// The query of a request for the redirect URI.
///
/// The host must be the redirect URI's own: otherwise a page elsewhere, whose name was made to lead
/// here, would speak with this port.
fn query(head: &str, place: &Url) -> Option<String> {
    let mut lines = head.split("\r\n");
    let mut request = lines.next()?.split(' ');
    let (method, target) = (request.next()?, request.next()?);
    let (path, query) = target.split_once('?')?;
    let hosts: Vec<&str> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    let own = &place[url::Position::BeforeHost..url::Position::AfterPort];
    let is_ours = method == "GET" && path == place.path() && hosts == [own];
    is_ours.then(|| query.to_owned())
}

/// Answers with a page that holds nothing of the answer.
pub(super) fn send(mut stream: TcpStream, page: Page) {
    let (status, title, text) = page.words();
    let body = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem}}\
         h1{{font-size:1.5rem;line-height:1.2;text-wrap:balance}}</style></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
    );
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    // A browser that has gone away does not see it.
    let _ = stream.write_all(answer.as_bytes());
}
