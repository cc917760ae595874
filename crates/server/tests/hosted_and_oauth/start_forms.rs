//! What tests of the start page's forms share.

use poolhouse_model::{UserPoolId, UserStatus};
use poolhouse_server::{App, ServerSettings, router};
use poolhouse_testkit::{DoorAnswer, TestApp, TestService};

use crate::browser::{Browser, SignInForm, query};

/// The doors of the dev profile over a service.
pub(crate) fn over(kit: TestService) -> TestApp {
    TestApp::over(kit, |service| {
        router(App::new(service, ServerSettings::dev()))
    })
}

/// The first form of a page that is posted.
pub(crate) fn form_of(page: &DoorAnswer) -> SignInForm {
    SignInForm::of(page)
}

/// Where a page or a form about a user is.
pub(crate) fn user_path(pool_id: &str, page: &str, username: &str) -> String {
    let query = query(&[("username", username)]);
    format!("/_poolhouse/pools/{pool_id}/{page}?{query}")
}

/// Makes a pool by its form, and gives its id.
pub(crate) async fn pool_of(browser: &Browser<'_>) -> String {
    let typed = [
        ("name", "Made by a form"),
        ("sign_in", "email"),
        ("sign_up", "yes"),
    ];
    let answer = browser.submit("/_poolhouse/new-pool", &typed).await;
    let location = answer.location();
    let page = browser.get(location).await;
    let html = page.text();
    for part in [
        "The user pool is made.",
        "aws cognito-idp create-user-pool",
        "e-mail address in place of a user name",
        "users can sign themselves up",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let (path, _) = location.split_once('?').unwrap();
    let (_, id) = path.rsplit_once('/').unwrap();
    id.to_owned()
}

/// The status of a user.
pub(crate) async fn status_of(app: &TestApp, pool_id: &UserPoolId, username: &str) -> UserStatus {
    let user = app.admin_get_user(pool_id, username).await;
    user.unwrap().status
}

impl Browser<'_> {
    /// Posts fields by the form of a page, and shows the page that it leads to.
    pub(crate) async fn submit_through(&self, path: &str, fields: &[(&str, &str)]) -> DoorAnswer {
        let answer = self.submit(path, fields).await;
        assert_eq!(answer.status, 302, "{path}: {}", answer.text());
        let page = self.get(answer.location()).await;
        assert_eq!(page.status, 200, "{path}");
        page
    }
}
