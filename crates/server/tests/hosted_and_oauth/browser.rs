//! A browser without a screen: it keeps cookies and fills in the sign-in form.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use poolhouse_server::{App, ServerSettings, router};
use poolhouse_service::ServiceSettings;
use poolhouse_testkit::{CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestClient, TestService};

/// Starts the doors over a fresh service, with the settings of the dev profile.
pub(crate) async fn start() -> TestApp {
    start_with(|_| (), |_| ()).await
}

/// Starts the doors over a fresh service after changing the settings of both.
pub(crate) async fn start_with(
    change_service: impl FnOnce(&mut ServiceSettings),
    change_doors: impl FnOnce(&mut ServerSettings),
) -> TestApp {
    let kit = TestService::start_with(change_service).await;
    let mut settings = ServerSettings::dev();
    change_doors(&mut settings);
    let clock = Some(Arc::clone(&kit.movable_clock));
    TestApp::over(kit, |service| {
        router(App::with_clock(service, settings, clock))
    })
}

/// Encodes pairs as a query.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Reads a parameter of the query of a location.
pub(crate) fn parameter(location: &str, name: &str) -> Option<String> {
    let (_, query) = location.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.into_owned())
}

/// The path and query of an authorization request by the code flow; `more` adds to it, and takes
/// the place of what is there.
pub(crate) fn authorize_path(client: &TestClient, more: &[(&str, &str)]) -> String {
    format!("/oauth2/authorize?{}", authorize_query(client, more))
}

/// The path of another page for the same request: `/signup`.
pub(crate) fn page_path(page: &str, client: &TestClient, more: &[(&str, &str)]) -> String {
    format!("{page}?{}", authorize_query(client, more))
}

/// The query of [`authorize_path`].
pub(crate) fn authorize_query(client: &TestClient, more: &[(&str, &str)]) -> String {
    let defaults = [
        ("client_id", client.id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK_URL),
    ];
    let is_given = |name: &str| more.iter().any(|(given, _)| *given == name);
    let kept = defaults.iter().filter(|(name, _)| !is_given(name));
    query(&kept.chain(more).copied().collect::<Vec<_>>())
}

/// One browser on the server's own host.
pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    jar: Mutex<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            jar: Mutex::default(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> DoorAnswer {
        self.get_with(path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> DoorAnswer {
        let cookies = self.cookies();
        let mut all = vec![("cookie", cookies.as_str())];
        all.extend_from_slice(headers);
        self.keep(self.app.get_with(path, &all).await)
    }

    /// Goes where an answer leads.
    pub(crate) async fn follow(&self, answer: &DoorAnswer) -> DoorAnswer {
        assert_eq!(answer.status, 302, "{}", answer.text());
        self.get(answer.location()).await
    }

    pub(crate) async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> DoorAnswer {
        self.post_with(path, pairs, &[]).await
    }

    pub(crate) async fn post_with(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> DoorAnswer {
        let cookies = self.cookies();
        let mut all = vec![("cookie", cookies.as_str())];
        all.extend_from_slice(headers);
        self.keep(self.app.post_form_with(path, pairs, &all).await)
    }

    /// Opens the sign-in page and posts name and password as the form would.
    pub(crate) async fn sign_in_at(
        &self,
        path: &str,
        username: &str,
        password: &str,
    ) -> DoorAnswer {
        let page = self.get(path).await;
        let form = SignInForm::of(&page);
        let pairs = [
            ("_csrf", form.csrf.as_str()),
            ("username", username),
            ("password", password),
            ("cognitoAsfData", ""),
        ];
        self.post(&form.action, &pairs).await
    }

    /// Opens a page and posts fields as its form would.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> DoorAnswer {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        let form = SignInForm::of(&page);
        let mut pairs = vec![("_csrf", form.csrf.as_str())];
        pairs.extend_from_slice(fields);
        self.post(&form.action, &pairs).await
    }

    /// Signs in with [`PASSWORD`] by the whole flow; gives where the browser is sent.
    pub(crate) async fn sign_in(&self, authorize: &str, username: &str) -> String {
        let to_page = self.get(authorize).await;
        let answer = self
            .sign_in_at(to_page.location(), username, PASSWORD)
            .await;
        answer.location().to_owned()
    }

    /// The value of a cookie whose name starts so.
    pub(crate) fn cookie(&self, prefix: &str) -> Option<String> {
        let jar = self.jar.lock();
        let mut found = jar.iter().filter(|(name, _)| name.starts_with(prefix));
        found.next().map(|(_, value)| value.clone())
    }

    /// Puts a value into the cookie that another browser has under a name that starts so.
    pub(crate) fn plant(&self, prefix: &str, of: &Browser<'_>, value: &str) {
        let theirs = of.jar.lock();
        let name = theirs.keys().find(|name| name.starts_with(prefix));
        let name = name.expect("the other browser has that cookie").clone();
        drop(theirs);
        self.jar.lock().insert(name, value.to_owned());
    }

    fn cookies(&self) -> String {
        let jar = self.jar.lock();
        let pairs = jar.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, answer: DoorAnswer) -> DoorAnswer {
        let mut jar = self.jar.lock();
        for cookie in answer.cookies() {
            match cookie.split_once('=') {
                Some((name, "")) => drop(jar.remove(name)),
                Some((name, value)) => drop(jar.insert(name.to_owned(), value.to_owned())),
                None => {}
            }
        }
        drop(jar);
        answer
    }
}

/// The sign-in form of a page.
pub(crate) struct SignInForm {
    pub(crate) action: String,
    pub(crate) csrf: String,
}

impl SignInForm {
    /// Reads the form as scripts do, by patterns.
    pub(crate) fn of(page: &DoorAnswer) -> Self {
        let html = page.text();
        let between = |start: &str| {
            let (_, rest) = html
                .split_once(start)
                .unwrap_or_else(|| panic!("{start} is not in {html}"));
            let value = rest.split('"').next().unwrap_or_default();
            unescape(value)
        };
        Self {
            action: between(r#"method="post" action=""#),
            csrf: between(r#"name="_csrf" value=""#),
        }
    }
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&")
}
