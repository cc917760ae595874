//! A browser that signed in on the hosted page and gets codes without asking the user again.

use anyhow::{Context as _, Result};

use crate::deployment::{CALLBACK_URL, Deployment, PASSWORD, SCOPE};
use crate::http::{Answer, Connection, Request};

/// Where codes come from.
const AUTHORIZE_PATH: &str = "/oauth2/authorize";

/// Cookies of a browser that is signed in.
pub(super) struct Browser {
    cookies: String,
}

impl Browser {
    /// Signs in on the hosted page.
    ///
    /// # Errors
    /// When the page refuses.
    pub(super) fn sign_in(
        connection: &mut Connection,
        deployment: &Deployment,
        username: &str,
    ) -> Result<Self> {
        let path = format!("/login?{}", query(deployment));
        let page = connection.send(&Request::get(&path))?.expect(200)?;
        let csrf = find_cookie(&page, "XSRF-TOKEN").context("the page sets no CSRF cookie")?;
        let (_, token) = csrf.split_once('=').context("a cookie without a value")?;
        let form = [
            ("_csrf", token),
            ("username", username),
            ("password", PASSWORD),
        ];
        let form = Request::form(&path, &form).with_header("cookie", csrf);
        let answer = connection.send(&form)?.expect(302)?;
        let session = find_cookie(&answer, "cognito").context("no session cookie")?;
        Ok(Self {
            cookies: session.to_owned(),
        })
    }

    /// Gets a code.
    ///
    /// # Errors
    /// When the browser is not signed in.
    pub(super) fn authorize(
        &self,
        connection: &mut Connection,
        deployment: &Deployment,
    ) -> Result<String> {
        let path = format!("{AUTHORIZE_PATH}?{}", query(deployment));
        let request = Request::get(&path).with_header("cookie", &self.cookies);
        let answer = connection.send(&request)?.expect(302)?;
        let location = answer.headers("location").next().unwrap_or_default();
        let (_, query) = location.split_once('?').context("no query in Location")?;
        let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code");
        Ok(code.context("no code in Location")?.1.into_owned())
    }
}

fn query(deployment: &Deployment) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &deployment.client_id)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", CALLBACK_URL)
        .append_pair("scope", SCOPE)
        .finish()
}

/// Finds a cookie by the beginning of its name: `name=value`.
fn find_cookie<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer
        .headers("set-cookie")
        .filter_map(|cookie| cookie.split(';').next())
        .find(|cookie| cookie.starts_with(name))
}
