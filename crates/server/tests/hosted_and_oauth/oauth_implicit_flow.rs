//! The implicit flow.

use poolhouse_model::OAuthFlow;
use poolhouse_testkit::CALLBACK_URL;

use crate::browser::{Browser, authorize_path, parameter, start};
use crate::tokens::user_info;

/// The parameters of a fragment, in their order.
fn fragment(location: &str) -> Vec<(String, String)> {
    let (_, fragment) = location.split_once('#').unwrap();
    form_urlencoded::parse(fragment.as_bytes())
        .into_owned()
        .collect()
}

#[tokio::test]
async fn tokens_come_in_the_fragment_in_the_services_order() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let more = [
        ("response_type", "token"),
        ("state", "s"),
        ("scope", "openid"),
    ];
    let location = Browser::new(&app)
        .sign_in(&authorize_path(&client, &more), "jane")
        .await;
    let parameters = fragment(&location);
    let names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "id_token",
            "access_token",
            "expires_in",
            "token_type",
            "state"
        ]
    );
    assert_eq!(user_info(&app, &parameters[1].1).await.status, 200);
}

#[tokio::test]
async fn without_openid_there_is_no_id_token() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let scope = "aws.cognito.signin.user.admin";
    let more = [("response_type", "token"), ("scope", scope)];
    let location = Browser::new(&app)
        .sign_in(&authorize_path(&client, &more), "jane")
        .await;
    assert!(
        fragment(&location)
            .iter()
            .all(|(name, _)| name != "id_token")
    );
}

#[tokio::test]
async fn s14_a_flow_that_is_not_enabled_stays_shut_when_the_page_is_entered_directly() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| {
            request
                .settings
                .allowed_oauth_flows
                .remove(&OAuthFlow::Implicit);
        })
        .await;
    app.user(&pool, "jane").await;
    let refused = format!("{CALLBACK_URL}?error=unauthorized_client");

    let browser = Browser::new(&app);
    let by_token = authorize_path(&client, &[("response_type", "token")]);
    assert_eq!(browser.get(&by_token).await.location(), refused);
    let page = by_token.replace("/oauth2/authorize", "/login");
    assert_eq!(browser.get(&page).await.location(), refused);

    // A page that was opened by an allowed request is posted with an edited address.
    let by_code = authorize_path(&client, &[]).replace("/oauth2/authorize", "/login");
    let form = crate::browser::SignInForm::of(&browser.get(&by_code).await);
    let pairs = [
        ("_csrf", form.csrf.as_str()),
        ("username", "jane"),
        ("password", poolhouse_testkit::PASSWORD),
    ];
    let edited = form
        .action
        .replace("response_type=code", "response_type=token");
    assert_ne!(edited, form.action);
    assert_eq!(browser.post(&edited, &pairs).await.location(), refused);
    assert_eq!(browser.cookie("cognito"), None, "nobody is signed in");

    // Neither does a browser that is signed in get tokens.
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    let answer = browser.get(&by_token).await;
    assert_eq!(
        parameter(answer.location(), "error").as_deref(),
        Some("unauthorized_client")
    );
}
