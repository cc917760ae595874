//! Which language a page speaks.

use http::{HeaderMap, HeaderValue, header};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_templates::Language;

use super::cookies;

/// The parameter, and the cookie that keeps it.
/// Source: AWS page "User pool managed login", languages.
const NAME: &str = "lang";

/// The parameter of OpenID Connect: tags, the preferred one first.
/// Source: OpenID Connect Core 1.0 section 3.1.2.1.
const UI_LOCALES: &str = "ui_locales";

/// How long a browser keeps the language it was asked to speak: a year.
const COOKIE_AGE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// How many tags of a list are looked at.
const MAX_TAGS: usize = 20;

/// Chooses the language: that of the address, else that of the address before, else the first one
/// that the browser prefers and the pages speak.
/// Source: AWS page "User pool managed login", languages. Inferred: what the browser prefers, as
/// any good page.
pub(super) fn choose(parameters: &Parameters, headers: &HeaderMap) -> Language {
    asked_for(parameters)
        .or_else(|| cookies::find(headers, NAME).and_then(Language::of_tag))
        .or_else(|| preferred(headers))
        .unwrap_or_default()
}

/// The cookie that keeps the language which an address asks for.
pub(super) fn cookie(parameters: &Parameters, is_secure: bool) -> Option<HeaderValue> {
    let language = asked_for(parameters)?;
    let secure = if is_secure { "; Secure" } else { "" };
    let tag = language.tag();
    let cookie = format!(
        "{NAME}={tag}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={COOKIE_AGE_SECONDS}"
    );
    HeaderValue::from_str(&cookie).ok()
}

fn asked_for(parameters: &Parameters) -> Option<Language> {
    let single = |name| parameters.single(name).ok().flatten();
    single(NAME).and_then(Language::of_tag).or_else(|| {
        let mut tags = single(UI_LOCALES)?.split(' ').take(MAX_TAGS);
        tags.find_map(Language::of_tag)
    })
}

/// The best language of `Accept-Language`: the highest weight, the first of equals.
/// Source: RFC 9110 section 12.5.4.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Language, u16)> = None;
    for range in list.split(',').take(MAX_TAGS) {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let (Some(language), weight) = (Language::of_tag(tag.trim()), weight(parameters)) else {
            continue;
        };
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// A weight in thousandths; what is no weight counts as none.
fn weight(parameters: &str) -> u16 {
    let Some(value) = parameters.trim().strip_prefix("q=") else {
        return 1000;
    };
    let value: f32 = value.trim().parse().unwrap_or_default();
    let thousandths = (value.clamp(0.0, 1.0) * 1000.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and 1000"
    )]
    let thousandths = thousandths as u16;
    thousandths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(http::HeaderName, &str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn a_browser_without_wishes_is_spoken_to_in_english() {
        let none = Parameters::default();
        for accepted in ["", "xx", "en;q=0", "en;q=nan", "*", ",,;q=,"] {
            let headers = headers(&[(header::ACCEPT_LANGUAGE, accepted)]);
            assert_eq!(choose(&none, &headers), Language::English, "{accepted}");
        }
    }

    #[test]
    fn weights_are_thousandths() {
        for (text, expected) in [
            ("", 1000),
            ("q=0.5", 500),
            (" q=1 ", 1000),
            ("q=7", 1000),
            ("q=-1", 0),
            ("q=NaN", 0),
            ("q=x", 0),
        ] {
            assert_eq!(weight(text), expected, "{text}");
        }
    }

    #[test]
    fn only_an_address_that_asks_for_a_language_sets_the_cookie() {
        let asked = Parameters::default().with("lang", "EN-gb");
        let set = cookie(&asked, true).unwrap();
        assert_eq!(
            set,
            "lang=en; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000"
        );
        for lang in ["", "xx", "en\r\nSet-Cookie: a=b"] {
            let asked = Parameters::default().with("lang", lang);
            assert_eq!(cookie(&asked, false), None, "{lang}");
        }
        assert_eq!(cookie(&Parameters::default(), false), None);
    }
}
