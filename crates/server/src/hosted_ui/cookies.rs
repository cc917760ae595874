//! The cookies of a pool's pages.
//!
//! Source: AWS page "User pool managed login", cookies. Inferred: their flags.

use http::{HeaderMap, HeaderValue, header};
use poolhouse_model::{SecretString, Ttl, UserPoolId};

use super::pending_steps::PendingSteps;
use crate::app::App;
use crate::context::RequestContext;

const SESSION: &str = "cognito";
const CSRF: &str = "XSRF-TOKEN";
const PENDING_STEP: &str = "page-data";
const NOTE: &str = "page-note";

/// After what the cookies of the developer's pages are named; the id of a pool has an underscore.
const DEVELOPERS_PAGES: &str = "poolhouse";

/// How long a note waits for the page that shows it.
const NOTE_AGE: &str = "; Max-Age=300";

/// Takes a cookie away.
const CLEARED: &str = "; Max-Age=0";

/// Names and flags of the cookies of one pool's pages, on the host that was asked.
#[derive(Clone, Debug)]
pub(crate) struct Cookies {
    session_name: String,
    csrf_name: String,
    pending_step_name: String,
    note_name: String,
    is_secure: bool,
}

impl Cookies {
    /// Names the cookies: as the service does on a pool's own domain; on the server's own host,
    /// where all pools (and all servers on other ports) share one jar, after port and pool.
    pub(crate) fn of(app: &App, context: &RequestContext, pool_id: &UserPoolId) -> Self {
        let is_secure = app.is_public_url_https();
        let is_own_domain = context.host_pool.is_some();
        let shared_by = (!is_own_domain).then_some((app.public_port(), pool_id.as_str()));
        Self::named(shared_by, is_secure)
    }

    /// Names the cookies of the developer's pages, which belong to no pool.
    pub(crate) fn of_developers_pages(app: &App) -> Self {
        let shared_by = Some((app.public_port(), DEVELOPERS_PAGES));
        Self::named(shared_by, app.is_public_url_https())
    }

    fn named(shared_by: Option<(Option<u16>, &str)>, is_secure: bool) -> Self {
        Self {
            session_name: name(SESSION, shared_by, is_secure),
            csrf_name: name(CSRF, shared_by, is_secure),
            pending_step_name: name(PENDING_STEP, shared_by, is_secure),
            note_name: name(NOTE, shared_by, is_secure),
            is_secure,
        }
    }

    /// The value of the session cookie that the browser sent.
    pub(crate) fn session<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        find(headers, &self.session_name)
    }

    /// The value of the CSRF cookie that the browser sent.
    pub(super) fn csrf<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        find(headers, &self.csrf_name)
    }

    /// Sets the session cookie for as long as the session lasts.
    pub(super) fn set_session(&self, value: &SecretString, ttl: Ttl) -> Option<HeaderValue> {
        let age = format!("; Max-Age={}", ttl.as_secs());
        self.set(&self.session_name, value.expose(), &age)
    }

    /// Takes the session cookie away.
    pub(super) fn clear_session(&self) -> Option<HeaderValue> {
        self.set(&self.session_name, "", CLEARED)
    }

    /// Sets the CSRF cookie until the browser closes.
    pub(crate) fn set_csrf(&self, value: &str) -> Option<HeaderValue> {
        self.set(&self.csrf_name, value, "")
    }

    /// What the next page says of this one: the name of a note, or a sealed draft.
    pub(super) fn note<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        find(headers, &self.note_name)
    }

    /// Sets what the next page says of this one.
    pub(super) fn set_note(&self, text: &str) -> Option<HeaderValue> {
        self.set(&self.note_name, text, NOTE_AGE)
    }

    /// Takes the note away from a browser that has one.
    pub(super) fn clear_note(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        self.note(headers)?;
        self.set(&self.note_name, "", CLEARED)
    }

    /// The sign-ins that wait for their next step.
    pub(super) fn pending_steps<'a>(&self, headers: &'a HeaderMap) -> PendingSteps<'a> {
        PendingSteps::read(find(headers, &self.pending_step_name))
    }

    /// Sets the sign-ins that wait for their next step, for as long as the longest of them waits:
    /// each holds until when it does. Takes the cookie away if there are none.
    pub(super) fn set_pending_steps(
        &self,
        steps: &PendingSteps<'_>,
        ttl: Ttl,
    ) -> Option<HeaderValue> {
        let value = steps.write();
        let seconds = if value.is_empty() { 0 } else { ttl.as_secs() };
        let age = format!("; Max-Age={seconds}");
        self.set(&self.pending_step_name, &value, &age)
    }

    /// Whether cookies come back by https alone.
    pub(super) fn is_secure(&self) -> bool {
        self.is_secure
    }

    fn set(&self, name: &str, value: &str, age: &str) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        let mut header = HeaderValue::from_str(&cookie).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

/// A name of our own can carry `__Host-`, by which no neighbour on a sibling domain can set it.
/// Browsers keep one jar for all ports of a host, and two servers of one seed have the same pools.
fn name(base: &str, shared_by: Option<(Option<u16>, &str)>, is_secure: bool) -> String {
    let Some((port, owner)) = shared_by else {
        return base.to_owned();
    };
    let prefix = if is_secure { "__Host-" } else { "" };
    let port = port.map(|port| format!("-{port}")).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let owner = owner.replace(|c| !is_plain(c), "_");
    format!("{prefix}{base}{port}-{owner}")
}

/// The value of a cookie that the browser sent.
pub(super) fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(is_own_domain: bool, is_secure: bool) -> Cookies {
        let shared_by = (!is_own_domain).then_some((None, "us-east-1_Abc"));
        Cookies::named(shared_by, is_secure)
    }

    #[test]
    fn names_are_the_services_on_a_pools_own_domain_and_the_pools_elsewhere() {
        assert_eq!(cookies(true, true).session_name, "cognito");
        assert_eq!(cookies(true, false).csrf_name, "XSRF-TOKEN");
        let shared = cookies(false, false);
        assert_eq!(shared.session_name, "cognito-us-east-1_Abc");
        assert_eq!(shared.csrf_name, "XSRF-TOKEN-us-east-1_Abc");
        let secure = cookies(false, true);
        assert_eq!(secure.session_name, "__Host-cognito-us-east-1_Abc");
        let beside_others = Cookies::named(Some((Some(9229), "us-east-1_Abc")), false);
        assert_eq!(beside_others.session_name, "cognito-9229-us-east-1_Abc");
    }

    #[test]
    fn s53_flags_are_strict() {
        let value = SecretString::new("v");
        let set = cookies(false, true).set_session(&value, Ttl::from_hours(1));
        let expected = "__Host-cognito-us-east-1_Abc=v; Path=/; HttpOnly; SameSite=Lax; Secure; \
                        Max-Age=3600";
        assert_eq!(set.unwrap(), expected);
        let set = cookies(true, false).set_csrf("t").unwrap();
        assert_eq!(set, "XSRF-TOKEN=t; Path=/; HttpOnly; SameSite=Lax");
        let waiting = cookies(false, true)
            .set_pending_steps(&PendingSteps::read(Some("v")), Ttl::from_minutes(3));
        let expected = "__Host-page-data-us-east-1_Abc=v; Path=/; HttpOnly; SameSite=Lax; \
                        Secure; Max-Age=180";
        assert_eq!(waiting.unwrap(), expected);
        let cleared = cookies(true, false).clear_session().unwrap();
        assert_eq!(
            cleared,
            "cognito=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn s64_a_pool_id_cannot_break_the_header() {
        assert_eq!(
            name(SESSION, Some((None, "a;b=c\r\nd")), false),
            "cognito-a_b_c__d"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; cognito=x=y ;b".parse().unwrap());
        headers.append(header::COOKIE, "XSRF-TOKEN=t".parse().unwrap());
        let cookies = cookies(true, false);
        assert_eq!(cookies.session(&headers), Some("x=y"));
        assert_eq!(cookies.csrf(&headers), Some("t"));
        assert_eq!(find(&headers, "b"), None);
    }
}
