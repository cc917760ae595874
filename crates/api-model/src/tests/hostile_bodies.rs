//! Bodies made to hurt: each is refused, quickly and in few words.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::schema::Constraint;
use crate::{Operation, check};

use super::refusal;

const MEGABYTE: usize = 1024 * 1024;
/// Far below what anything but linear time would take, far above what it takes without optimisation.
const LIMIT: Duration = Duration::from_secs(2);
const MALFORMED: &str = "SerializationException ";

/// Checks the body of a `SignUp` and that it took no longer than a slow machine may need.
fn sign_up(body: &str) -> String {
    let start = busy_time();
    let refusal = refusal(Operation::SignUp, body);
    let taken = busy_time().saturating_sub(start);
    assert!(taken < LIMIT, "{taken:?}");
    assert!(refusal.len() < 2 * MEGABYTE, "{} bytes", refusal.len());
    refusal
}

/// Processor time of this thread, which other processes do not make longer; time on the clock where
/// the system does not tell it.
fn busy_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|text| text.parse().ok());
    nanoseconds.map_or_else(since_start, Duration::from_nanos)
}

fn since_start() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "these tests are about real time")]
    START.get_or_init(Instant::now).elapsed()
}

fn metadata(json: &str) -> String {
    sign_up(&format!(
        "{{\"ClientId\":\"abc\",\"Username\":\"someone\",\"ClientMetadata\":{json}}}"
    ))
}

#[test]
fn s57_deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = MEGABYTE / open.len();
        assert_eq!(
            sign_up(&open.repeat(depth)[..MEGABYTE - 8]),
            refusal_of_start(open)
        );
        let nested = format!("{}1{}", open.repeat(200), close.repeat(200));
        assert_eq!(sign_up(&format!("{{\"Unknown\":{nested}}}")), MALFORMED);
    }
}

fn refusal_of_start(open: &str) -> String {
    match open {
        "[" => format!("{MALFORMED}Expected map or null"),
        _ => MALFORMED.to_owned(),
    }
}

#[test]
fn s57_a_key_that_comes_twice_is_refused_at_any_depth() {
    for body in [
        r#"{"ClientId":"a","ClientId":"b","Username":"c"}"#,
        r#"{"ClientId":"a","Client\u0049d":"b","Username":"c"}"#,
        r#"{"ClientId":"a","Username":"c","Unknown":{"x":1,"x":1}}"#,
        r#"{"ClientId":"a","Username":"c","ClientMetadata":{"x":"1","x":"2"}}"#,
        r#"{"ClientId":"a","Username":"c","ClientMetadata":{"x":null,"x":"2"}}"#,
    ] {
        assert_eq!(sign_up(body), MALFORMED, "{body}");
    }
}

#[test]
fn s57_numbers_without_measure_are_refused() {
    let long = "1".repeat(MEGABYTE);
    for number in [
        "1e999", "-1e999", "01", "1.", ".5", "+1", "1e", "-", "0x10", "NaN", &long,
    ] {
        assert_eq!(sign_up(&format!("{{\"Unknown\":{number}}}")), MALFORMED);
    }
}

#[test]
fn s57_text_that_is_no_text_is_refused() {
    for text in [
        r#""\ud800""#,
        r#""\udc00\ud800""#,
        r#""\ud800\u0041""#,
        r#""\ud800x""#,
        r#""\u12""#,
        r#""\u+123""#,
        r#""\x41""#,
        r#""\é""#,
        r#""\u0000""#,
        "\"\0\"",
        "\"\n\"",
        "\"open",
        "\"open\\",
        "'single'",
    ] {
        assert_eq!(
            metadata(&format!("{{\"key\":{text}}}")),
            MALFORMED,
            "{text:?}"
        );
    }
    assert_eq!(
        metadata(r#"{"key":"\ud83d\ude00 \" \\ \/ \b\f\n\r\t \u00e9"}"#),
        ""
    );
}

#[test]
fn s57_bytes_that_are_no_utf_8_are_refused() {
    for bytes in [
        b"{\"a\":\"\xff\"}".as_slice(),
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
    ] {
        assert!(check(bytes, Operation::SignUp.input()).is_err());
    }
}

#[test]
fn s57_what_is_almost_json_is_refused() {
    for body in [
        "{",
        "}",
        "{}{}",
        "{} x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1 \"b\":1}",
        "{\"a\":[1,]}",
        "{\"a\":[,]}",
        "{\"a\":tru}",
        "{\"a\":nul}",
        "{\"a\":True}",
        "// {}",
        "{/**/}",
        " ",
        "\u{feff}{}",
    ] {
        assert_eq!(sign_up(body), MALFORMED, "{body}");
    }
}

#[test]
fn s57_long_lists_of_faults_are_answered_in_few_words() {
    let attributes = "{},".repeat(MEGABYTE / 3 - 64);
    let error = sign_up(&format!(
        "{{\"ClientId\":\"abc\",\"Username\":\"someone\",\"UserAttributes\":[{attributes}{{}}]}}"
    ));
    assert!(
        error.starts_with("100 validation errors detected: "),
        "{error:.80}"
    );
    assert!(error.len() < 20_000, "{} bytes", error.len());
}

/// Security check 59: 100 KB of what makes engines that go back go back.
#[test]
fn s59_every_pattern_takes_linear_time() {
    let rules = Operation::ALL
        .iter()
        .flat_map(|operation| operation.constraints());
    let patterns: BTreeMap<_, _> = rules
        .filter_map(|rule| match rule.constraint {
            Constraint::Pattern(pattern) => Some((pattern.text(), pattern)),
            _ => None,
        })
        .collect();
    assert!(patterns.len() > 30, "{}", patterns.len());
    for pattern in patterns.values() {
        for text in ["a", "a-", "{##", "a_", "arn:a:a:", "\u{1f600}"] {
            let long = text.repeat(100 * 1024 / text.len()) + " \u{7f}";
            let start = busy_time();
            pattern.matches(&long);
            let taken = busy_time().saturating_sub(start);
            assert!(taken < LIMIT, "{pattern:?} {text} {taken:?}");
        }
    }
}
