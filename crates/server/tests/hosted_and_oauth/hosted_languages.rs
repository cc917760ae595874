//! Which language the pages speak.

use poolhouse_testkit::{DoorAnswer, TestApp, TestClient};

use crate::browser::{Browser, page_path, start};

async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.public_client(&pool).await
}

fn speaks(page: &DoorAnswer, tag: &str, text: &str) {
    let html = page.text();
    assert!(
        html.contains(&format!(r#"<html lang="{tag}""#)),
        "{tag} in {html}"
    );
    assert!(html.contains(text), "{text} in {html}");
}

#[tokio::test]
async fn an_address_chooses_the_language_and_the_browser_keeps_it() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let page = browser
        .get(&page_path("/login", &client, &[("lang", "de")]))
        .await;
    speaks(&page, "de", "<h1>Anmelden</h1>");
    let page = browser.get(&page_path("/signup", &client, &[])).await;
    speaks(&page, "de", "<h1>Registrieren</h1>");
    let page = browser
        .get(&page_path("/login", &client, &[("lang", "ja")]))
        .await;
    speaks(&page, "ja", "<h1>サインイン</h1>");
    // What no page speaks changes nothing.
    let page = browser
        .get(&page_path("/login", &client, &[("lang", "xx")]))
        .await;
    speaks(&page, "ja", "<h1>サインイン</h1>");
    let other = Browser::new(&app)
        .get(&page_path("/login", &client, &[]))
        .await;
    speaks(&other, "en", "<h1>Sign in</h1>");
}

#[tokio::test]
async fn without_a_choice_the_browsers_wishes_count() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/login", &client, &[]);
    for (accepted, tag, text) in [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr", "Se connecter"),
        ("xx, es;q=0.5, it;q=0.7", "it", "Accedi"),
        ("zh-Hant-TW", "zh-TW", "登入"),
        ("nl", "en", "Sign in"),
    ] {
        let page = app.get_with(&path, &[("accept-language", accepted)]).await;
        speaks(&page, tag, &format!("<h1>{text}</h1>"));
    }
    let path = page_path("/login", &client, &[("ui_locales", "xx ko en")]);
    let page = app.get_with(&path, &[("accept-language", "fr")]).await;
    speaks(&page, "ko", "<h1>로그인</h1>");
}

#[tokio::test]
async fn problems_and_notes_are_told_in_the_language_of_the_page() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/login", &client, &[("lang", "es")]);
    let page = browser.sign_in_at(&path, "nobody", "Wrong-horse-7").await;
    speaks(&page, "es", r#"role="alert">El usuario no existe.</p>"#);
    let path = page_path("/signup", &client, &[]);
    let form = [("username", "jane"), ("password", "short")];
    let page = browser.submit(&path, &form).await;
    speaks(&page, "es", "Al menos 8 caracteres");
    speaks(&page, "es", "La contraseña no cumple lo que se pide.");
}

#[tokio::test]
async fn the_error_page_speaks_the_language_that_the_refused_request_asked_for() {
    let app = start().await;
    let client = house(&app).await;
    let heading = "<h1>Beim Öffnen der Seite ist ein Fehler aufgetreten.</h1>";
    for asked in [("lang", "de"), ("ui_locales", "xx de")] {
        let elsewhere = ("redirect_uri", "https://elsewhere.example.com/");
        let path = page_path("/oauth2/authorize", &client, &[asked, elsewhere]);
        let refused = app.get(&path).await;
        assert_eq!(refused.status, 302);
        let page = app.get(refused.location()).await;
        speaks(&page, "de", heading);
        // The explanation for the developer is English, and says so.
        speaks(&page, "de", r#"<section lang="en""#);
    }
    let accepts = [("accept-language", "de")];
    let page = app.get_with("/error?error=invalid_request", &accepts).await;
    speaks(&page, "de", heading);
}
