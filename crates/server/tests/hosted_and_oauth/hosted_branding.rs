//! The owner's stylesheet and logo on the pages.

use poolhouse_model::{ClientId, MfaRequirement, UserPool};
use poolhouse_service::{CreateDomain, SetUiCustomization};
use poolhouse_testkit::{DoorAnswer, PASSWORD, TestApp};

use crate::browser::{Browser, authorize_query, start};

const PNG: [u8; 33] = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x06\0\0\0\0\0\0\0";

async fn dress(app: &TestApp, pool: &UserPool, client: Option<&ClientId>, css: &str) {
    let look = SetUiCustomization {
        pool_id: pool.id.clone(),
        client_id: client.cloned(),
        css: Some(css.to_owned()),
        image: Some(PNG.to_vec()),
    };
    app.set_ui_customization(look).await.unwrap();
}

async fn pool_with_domain(app: &TestApp) -> UserPool {
    let pool = app.mfa_pool(MfaRequirement::Optional).await;
    let domain = CreateDomain {
        pool_id: pool.id.clone(),
        domain: "house".to_owned(),
        custom: None,
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
    pool
}

/// The path behind `attribute="/_poolhouse/branding/` on a page.
fn branding_path(page: &DoorAnswer, attribute: &str) -> Option<String> {
    let start = format!("{attribute}=\"/_poolhouse/branding/");
    let (_, rest) = page.text().split_once(&start)?;
    let rest = rest.split('"').next().unwrap_or_default();
    Some(format!("/_poolhouse/branding/{rest}"))
}

#[tokio::test]
async fn a_page_has_the_stylesheet_and_logo_of_its_client_or_of_all() {
    let app = start().await;
    let pool = pool_with_domain(&app).await;
    let (own, other) = (
        app.public_client(&pool).await,
        app.public_client(&pool).await,
    );
    let page = async |client| {
        app.get(&format!("/login?{}", authorize_query(client, &[])))
            .await
    };
    let plain = page(&own).await;
    assert_eq!(branding_path(&plain, "href"), None);
    assert!(plain.text().contains("<html lang=\"en\">"));

    dress(&app, &pool, None, ".label-customizable { color: navy }").await;
    dress(
        &app,
        &pool,
        Some(&own.id),
        ".label-customizable { color: red }",
    )
    .await;
    for (client, whose, color) in [(&own, own.id.as_str(), "red"), (&other, "ALL", "navy")] {
        let page = page(client).await;
        let folder = format!("/_poolhouse/branding/{}/{whose}/", pool.id);
        let css = branding_path(&page, "href").unwrap();
        assert!(
            css.starts_with(&folder) && css.ends_with("/style.css"),
            "{css}"
        );
        let css = app.get(&css).await;
        let rule = format!(":root .label-customizable{{color:{color};}}\n");
        assert_eq!((css.status.as_u16(), css.text()), (200, rule.as_str()));
        assert_eq!(css.header("content-type"), Some("text/css; charset=utf-8"));
        let logo = branding_path(&page, "src").unwrap();
        assert!(
            logo.starts_with(&folder) && logo.ends_with("/logo.png"),
            "{logo}"
        );
        let logo = app.get(&logo).await;
        assert_eq!((logo.status.as_u16(), logo.body.as_ref()), (200, &PNG[..]));
        assert_eq!(logo.header("content-type"), Some("image/png"));
        for file in [css, logo] {
            assert_eq!(
                file.header("cache-control"),
                Some("public, max-age=31536000, immutable")
            );
            assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
            let policy = file.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none';"), "{policy}");
        }
    }
}

#[tokio::test]
async fn every_page_that_knows_its_client_has_its_look() {
    let app = start().await;
    let pool = pool_with_domain(&app).await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    app.authenticator(&client, "jane").await;
    dress(&app, &pool, None, ".label-customizable { color: navy }").await;
    let query = authorize_query(&client, &[]);
    let browser = Browser::new(&app);
    let mut pages = vec![browser.get(&format!("/login?{query}")).await];
    let path = format!("/login?{query}");
    pages.push(browser.sign_in_at(&path, "jane", "wrong").await);
    let on = browser.sign_in_at(&path, "jane", PASSWORD).await;
    assert!(on.location().starts_with("/mfa?"));
    pages.push(browser.get(on.location()).await);
    let id = client.id.as_str();
    pages.push(
        app.get(&format!("/error?error=invalid_request&client_id={id}"))
            .await,
    );
    let link = format!("/confirmUser?client_id={id}&user_name=jane&confirmation_code=1");
    pages.push(app.get(&link).await);
    for page in &pages {
        let html = page.text();
        assert!(branding_path(page, "href").is_some(), "{html}");
        assert!(branding_path(page, "src").is_some(), "{html}");
        // The policy of pages is as strict as without a look.
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.contains("style-src 'self'; img-src 'self'"),
            "{policy}"
        );
    }
    for path in ["/error?error=invalid_request", "/error?client_id=nobody"] {
        assert_eq!(branding_path(&app.get(path).await, "href"), None);
    }
}

#[tokio::test]
async fn s51_a_path_leads_to_the_file_in_force_and_to_nothing_else() {
    let app = start().await;
    let pool = pool_with_domain(&app).await;
    let client = app.public_client(&pool).await;
    dress(&app, &pool, None, ".label-customizable { color: navy }").await;
    let page = app
        .get(&format!("/login?{}", authorize_query(&client, &[])))
        .await;
    let css = branding_path(&page, "href").unwrap();
    let logo = branding_path(&page, "src").unwrap();
    for path in [
        css.replace("style.css", "logo.png"),
        css.replace("style.css", "style.html"),
        css.replace("/ALL/", "/other/"),
        css.replace(pool.id.as_str(), "us-east-1_other"),
        css.replace("style.css", ""),
        logo.replace("logo.png", "logo.jpeg"),
        logo.replace("logo.png", "logo.svg"),
        logo.replace("logo.png", "logo.png/.."),
        "/_poolhouse/branding/%00/%00/%00/style.css".to_owned(),
        "/_poolhouse/branding/a/b/%ff/style.css".to_owned(),
        "/_poolhouse/branding/".to_owned(),
    ] {
        let status = app.get(&path).await.status.as_u16();
        assert!(status == 404 || status == 400, "{path}: {status}");
    }
    // What was taken down is not served any more.
    dress(&app, &pool, None, ".label-customizable { color: red }").await;
    assert_eq!(app.get(&css).await.status, 404);
    assert_eq!(app.get(&logo).await.status, 200, "the logo is the same");
}
