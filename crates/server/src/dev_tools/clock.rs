//! `/_poolhouse/clock`: the server's idea of now, to be moved by test suites.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use poolhouse_model::{ClockChange, ClockReading, MovableClock};
use serde::Serialize;

use super::arguments::Arguments;
use super::duration::parse_duration;
use super::json_answer::{json_answer, json_refusal};
use crate::app::App;
use crate::rfc3339::{parse_rfc3339, rfc3339};

/// What is told of the clock.
#[derive(Debug, Serialize)]
pub(super) struct ClockAnswer {
    /// What it shows.
    now: String,
    /// What the machine's clock shows.
    machine: String,
    /// How far ahead of the machine's clock it is.
    ahead_ms: i64,
    /// Whether it stands still.
    is_frozen: bool,
}

/// Tells how the clock stands.
pub(super) async fn show(State(app): State<Arc<App>>) -> Response {
    with_clock(&app, |clock| Ok(clock.read()))
}

/// Moves, freezes or frees the clock.
pub(super) async fn change(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    with_clock(&app, |clock| {
        let change = parse_change(query.as_deref(), &body)?;
        let changed = clock.change(&change);
        let reading = changed.map_err(|error| format!("Nothing was changed: {error}."))?;
        tracing::info!(clock.now = %rfc3339(reading.now), "the clock was moved");
        Ok(reading)
    })
}

/// Makes the clock show the machine's time again.
pub(super) async fn put_right(State(app): State<Arc<App>>) -> Response {
    with_clock(&app, |clock| Ok(clock.put_right()))
}

fn with_clock(
    app: &App,
    act: impl FnOnce(&MovableClock) -> Result<ClockReading, String>,
) -> Response {
    let Some(clock) = &app.clock else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match act(clock) {
        Ok(reading) => json_answer(StatusCode::OK, &ClockAnswer::from(reading)),
        Err(text) => json_refusal(StatusCode::BAD_REQUEST, &text),
    }
}

fn parse_change(query: Option<&str>, body: &[u8]) -> Result<ClockChange, String> {
    let arguments = Arguments::read(query, body, &["set", "advance", "freeze", "resume"])?;
    let set = arguments.text("set").map(|text| {
        parse_rfc3339(text).ok_or_else(|| {
            "set is an instant as RFC 3339 writes it, like 2030-01-31T12:00:00Z.".to_owned()
        })
    });
    let advance = arguments.text("advance").map(|text| {
        parse_duration(text)
            .ok_or_else(|| "advance is a length of time, like 90s, 1h30m, 500ms or 30d.".to_owned())
    });
    let is_frozen = match (arguments.flag("freeze")?, arguments.flag("resume")?) {
        (true, true) => return Err("It is freeze or resume, not both.".to_owned()),
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let change = ClockChange {
        set: set.transpose()?,
        advance: advance.transpose()?,
        is_frozen,
    };
    if change == ClockChange::default() {
        return Err("Say set, advance, freeze or resume.".to_owned());
    }
    Ok(change)
}

impl From<ClockReading> for ClockAnswer {
    fn from(reading: ClockReading) -> Self {
        Self {
            now: rfc3339(reading.now),
            machine: rfc3339(reading.machine),
            ahead_ms: reading.ahead_millis(),
            is_frozen: reading.is_frozen,
        }
    }
}

/// Says in words that the clock does not show the machine's time; `None` when it does.
pub(super) fn describe_if_moved(app: &App) -> Option<String> {
    let reading = app.clock.as_ref()?.read();
    if reading.is_frozen {
        return Some(format!("frozen at {}", rfc3339(reading.now)));
    }
    let ahead = reading.ahead_millis();
    (ahead != 0).then(|| {
        let way = if ahead > 0 { "ahead of" } else { "behind" };
        let seconds = ahead.unsigned_abs() / 1000;
        format!(
            "moved to {}, {seconds} s {way} the machine's",
            rfc3339(reading.now)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_must_say_something_that_makes_sense() {
        for (body, part) in [
            ("", "Say set"),
            (r#"{"freeze": false}"#, "Say set"),
            (r#"{"freeze": true, "resume": true}"#, "not both"),
            (r#"{"advance": 90}"#, "advance is a text"),
            (r#"{"advance": "90"}"#, "length of time"),
            (r#"{"set": "tomorrow"}"#, "RFC 3339"),
            (r#"{"turn": "back"}"#, "no argument"),
        ] {
            let text = parse_change(None, body.as_bytes()).unwrap_err();
            assert!(text.contains(part), "{body}: {text}");
        }
        let change = parse_change(Some("advance=1h&freeze"), b"").unwrap();
        assert_eq!(change.is_frozen, Some(true));
        assert!(change.advance.is_some() && change.set.is_none());
    }
}
