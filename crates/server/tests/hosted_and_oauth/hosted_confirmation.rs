//! The page that takes the code of a sign-up.

use poolhouse_model::Ttl;
use poolhouse_testkit::{CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, SignInForm, page_path, start};

const ADDRESS: &str = "new@example.com";

/// A user who signed up by the API and is to confirm it.
async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.signed_up_user(&client, "new", ADDRESS).await;
    client
}

/// Signs the user in, who then is to confirm the sign-up; gives the path of that page.
async fn prove_password(browser: &Browser<'_>, client: &TestClient) -> String {
    let login = page_path("/login", client, &[]);
    let answer = browser.sign_in_at(&login, "new", PASSWORD).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    assert!(answer.location().starts_with("/confirm?"));
    assert_eq!(browser.cookie("cognito"), None);
    answer.location().to_owned()
}

fn says(page: &DoorAnswer, text: &str) {
    assert!(page.text().contains(text), "{text} in {}", page.text());
}

#[tokio::test]
async fn who_signs_in_unconfirmed_is_asked_for_the_code_and_goes_on() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    says(&browser.get(&path).await, "We sent a code to n***@e***.");
    let code = app.code_to(ADDRESS).await;
    let answer = browser.submit(&path, &[("code", &code)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
    assert!(browser.cookie("cognito").is_some());
}

#[tokio::test]
async fn a_wrong_password_leads_to_no_code() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let login = page_path("/login", &client, &[]);
    let page = browser.sign_in_at(&login, "new", "wrong").await;
    says(&page, "Incorrect username or password.");
    assert_eq!(browser.cookie("page-data"), None);
}

#[tokio::test]
async fn s43_a_browser_that_proved_no_password_confirms_and_signs_in_afterwards() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/confirm", &client, &[]);
    says(&browser.get(&path).await, r#"name="username""#);
    let code = app.code_to(ADDRESS).await;
    let form = [("username", "new"), ("code", code.as_str())];
    let answer = browser.submit(&path, &form).await;
    assert!(answer.location().starts_with("/login?"));
    assert_eq!(browser.cookie("cognito"), None, "a code is no password");
    let page = browser.get(answer.location()).await;
    says(
        &page,
        r#"role="status">Your account is confirmed. Please sign in.</p>"#,
    );
    says(&page, r#"value="new""#);
    let answer = browser.sign_in_at(answer.location(), "new", PASSWORD).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

#[tokio::test]
async fn another_code_can_be_asked_for_and_the_one_before_no_longer_works() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let first = app.code_to(ADDRESS).await;
    let csrf = SignInForm::of(&browser.get(&path).await).csrf;
    let resend = path.replace("/confirm?", "/resendcode?");
    let answer = browser.post(&resend, &[("_csrf", &csrf)]).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    says(&browser.get(answer.location()).await, "We sent it again.");
    let second = app.code_to(ADDRESS).await;
    assert_ne!(first, second);
    let page = browser.submit(&path, &[("code", &first)]).await;
    says(&page, "Invalid verification code provided");
    let answer = browser.submit(&path, &[("code", &second)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
    // A look at the address of the form sends nothing.
    let sent = app.messages_to(ADDRESS).await.len();
    browser.get(&resend).await;
    assert_eq!(app.messages_to(ADDRESS).await.len(), sent);
}

#[tokio::test]
async fn a_page_that_is_opened_when_all_is_over_leads_to_the_sign_in() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let second_tab = SignInForm::of(&browser.get(&path).await);
    let code = app.code_to(ADDRESS).await;
    // Confirmed elsewhere meanwhile.
    let other = Browser::new(&app);
    let form = [("username", "new"), ("code", code.as_str())];
    other
        .submit(&page_path("/confirm", &client, &[]), &form)
        .await;
    // The tab that was open before sends its code, and comes to the sign-in.
    let pairs = [("_csrf", second_tab.csrf.as_str()), ("code", code.as_str())];
    let answer = browser.post(&second_tab.action, &pairs).await;
    assert!(
        answer.location().starts_with("/login?"),
        "{}",
        answer.text()
    );
    assert_eq!(browser.cookie("page-data"), None);
    let page = browser.get(answer.location()).await;
    says(&page, "Your account is confirmed. Please sign in.");
    // Once more, without what the browser carried.
    let mut pairs = pairs.to_vec();
    pairs.push(("username", "new"));
    let page = browser.post(&second_tab.action, &pairs).await;
    says(&page, "User is already confirmed.");
    says(&page, r#"href="/login?"#);
}

#[tokio::test]
async fn a_confirmation_that_was_finished_elsewhere_leads_to_the_sign_in() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let code = app.code_to(ADDRESS).await;
    let form = [("username", "new"), ("code", code.as_str())];
    let other = Browser::new(&app);
    other
        .submit(&page_path("/confirm", &client, &[]), &form)
        .await;
    assert!(browser.get(&path).await.location().starts_with("/login?"));
}

#[tokio::test]
async fn a_proof_that_is_too_old_still_leaves_the_code_to_be_used() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    app.clock.advance(Ttl::from_minutes(59));
    says(&browser.get(&path).await, "We sent a code to n***@e***.");
    app.clock.advance(Ttl::from_minutes(2));
    let code = app.code_to(ADDRESS).await;
    let page = browser.get(&path).await;
    says(&page, r#"name="username""#);
    let form = [("username", "new"), ("code", code.as_str())];
    let answer = browser.submit(&path, &form).await;
    assert!(answer.location().starts_with("/login?"));
}

#[tokio::test]
async fn s34_the_page_tells_not_whether_there_is_such_a_user_where_the_client_hides_it() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.discreet_client(&pool).await;
    app.signed_up_user(&client, "new", ADDRESS).await;
    app.user(&pool, "confirmed").await;
    for resends in [false, true] {
        let mut answers = Vec::new();
        for name in ["new", "confirmed", "nobody"] {
            let browser = Browser::new(&app);
            let path = page_path("/confirm", &client, &[]);
            let form = SignInForm::of(&browser.get(&path).await);
            let pairs = [
                ("_csrf", form.csrf.as_str()),
                ("username", name),
                ("code", "000000"),
            ];
            let action = if resends {
                form.action.replace("/confirm?", "/resendcode?")
            } else {
                form.action
            };
            let answer = browser.post(&action, &pairs).await;
            let location = answer.header("location").unwrap_or_default();
            let text = format!("{} {location} {}", answer.status, answer.text());
            answers.push(text.replace(name, "NAME").replace(&form.csrf, "CSRF"));
        }
        assert_eq!(answers[0], answers[1], "{resends}");
        assert_eq!(answers[0], answers[2], "{resends}");
    }
}

#[tokio::test]
async fn tries_and_messages_have_an_end() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let csrf = SignInForm::of(&browser.get(&path).await).csrf;
    let resend = path.replace("/confirm?", "/resendcode?");
    let mut last = String::new();
    for _ in 0..6 {
        let answer = browser.post(&resend, &[("_csrf", &csrf)]).await;
        last = answer.text().to_owned();
    }
    assert!(last.contains("Attempt limit exceeded, please try after some time."));
    for _ in 0..16 {
        let answer = browser.submit(&path, &[("code", "000000")]).await;
        last = answer.text().to_owned();
    }
    assert!(last.contains("Attempt limit exceeded, please try after some time."));
}

#[tokio::test]
async fn s54_the_code_is_taken_and_sent_only_by_the_form_of_this_browser() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let code = app.code_to(ADDRESS).await;
    let sent = app.messages_to(ADDRESS).await.len();
    for path in [path.clone(), path.replace("/confirm?", "/resendcode?")] {
        let page = browser.post(&path, &[("code", &code)]).await;
        assert_eq!(page.status, 403);
        says(&page, "Nothing was sent: please try again");
        let page = browser.get(&format!("{path}&code={code}")).await;
        assert_eq!(page.status, 200, "an address changes nothing");
    }
    assert_eq!(app.messages_to(ADDRESS).await.len(), sent);
    let answer = browser.submit(&path, &[("code", &code)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

#[tokio::test]
async fn s43_the_proof_is_of_no_use_to_another_client_or_page() {
    let app = start().await;
    let client = house(&app).await;
    let pool = app
        .service()
        .describe_user_pool(&client.pool_id)
        .await
        .unwrap();
    let other = app.public_client(&pool.pool).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let at_mfa = browser.get(&path.replace("/confirm?", "/mfa?")).await;
    assert!(at_mfa.location().starts_with("/login?"));
    let page = browser.get(&page_path("/confirm", &other, &[])).await;
    says(&page, r#"name="username""#);
    let page = browser
        .get(&path.replace("/confirm?", "/confirmforgotPassword?"))
        .await;
    assert!(!page.text().contains("We sent a code"));
}
