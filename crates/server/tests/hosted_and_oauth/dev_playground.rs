//! The playground: what its page is given, and what it may change.

use std::path::Path;

use poolhouse_testkit::{DoorAnswer, TestApp};
use serde_json::json;

use crate::browser::{Browser, start, start_with};

const PAGE: &str = "/_poolhouse/playground";
const RETURN: &str = "/_poolhouse/playground/callback";
const REGISTER: &str = "/_poolhouse/playground/register";

fn csrf_of(page: &DoorAnswer) -> String {
    let (_, rest) = page.text().split_once("data-csrf=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Paths of the page's own files, as its HTML names them.
fn files_of(page: &DoorAnswer) -> Vec<String> {
    let parts = page.text().split('"');
    let files = parts.filter(|part| part.starts_with("/_poolhouse/playground/files/"));
    files.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_page_and_its_files_are_served_with_their_types() {
    let app = start().await;
    let page = app.get(PAGE).await;
    assert_eq!(page.status, 200);
    let files = files_of(&page);
    assert_eq!(files.len(), 2, "{files:?}");
    for file in &files {
        let answer = app.get(file).await;
        let expected = if Path::new(file).extension() == Some("css".as_ref()) {
            "text/css; charset=utf-8"
        } else {
            "text/javascript; charset=utf-8"
        };
        assert_eq!(answer.header("content-type"), Some(expected));
        let kept = answer.header("cache-control").unwrap();
        assert!(kept.contains("immutable"), "{kept}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    let (folder, _) = files[0].rsplit_once('/').unwrap();
    for path in [
        format!("{folder}/jwt.js"),
        format!("{folder}/nothing.js"),
        "/_poolhouse/playground/files/0000000000000000/main.js".to_owned(),
        format!("{folder}/..%2Fmain.js"),
    ] {
        let is_there = path.ends_with("/jwt.js");
        assert_eq!(app.get(&path).await.status == 200, is_there, "{path}");
    }
}

#[tokio::test]
async fn s51_the_page_runs_its_own_modules_only_and_shows_nothing_of_the_address() {
    let app = start().await;
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("{PAGE}?client_id={hostile}"),
        format!("{RETURN}?code={hostile}&state={hostile}"),
        format!("{RETURN}?error={hostile}&error_description={hostile}"),
    ] {
        let page = app.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("alert(1)"), "{path}");
        let policy = page.header("content-security-policy").unwrap();
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{rule} is missing from {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'));
    }
}

/// What the page loads that may hold a code or a secret.
async fn private_answers(app: &TestApp) -> Vec<(String, DoorAnswer)> {
    let pool = app.pool().await;
    let client = app.confidential_client(&pool).await;
    let paths = [
        format!("{RETURN}?code=abc"),
        format!("{PAGE}/clients"),
        format!("{PAGE}/clients/{}", client.id),
        format!("{PAGE}/errors?error=invalid_grant"),
    ];
    let mut answers = Vec::new();
    for path in paths {
        let answer = app.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        answers.push((path, answer));
    }
    answers
}

#[tokio::test]
async fn s24_page_and_answers_send_no_referrer() {
    let app = start().await;
    for (path, answer) in private_answers(&app).await {
        let policy = answer.header("referrer-policy");
        assert_eq!(policy, Some("no-referrer"), "{path}");
    }
}

#[tokio::test]
async fn s52_page_and_answers_are_in_no_frame_and_kept_nowhere() {
    let app = start().await;
    for (path, answer) in private_answers(&app).await {
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        let kept = answer.header("cache-control").unwrap();
        assert!(kept.contains("no-store"), "{path}: {kept}");
    }
}

#[tokio::test]
async fn clients_are_listed_without_their_secrets_and_described_with_them() {
    let app = start().await;
    let pool = app.pool().await;
    let public = app.public_client(&pool).await;
    let confidential = app.confidential_client(&pool).await;
    let secret = confidential.secret.as_ref().unwrap().expose().to_owned();
    let list = app.get(&format!("{PAGE}/clients")).await;
    assert!(!list.text().contains(&secret));
    let list = list.json();
    assert_eq!(
        list["return_address"],
        format!("http://localhost:9229{RETURN}")
    );
    assert_eq!(list["pools"][0]["id"], pool.id.as_str());
    assert_eq!(list["pools"][0]["clients"].as_array().unwrap().len(), 2);
    let described = app
        .get(&format!("{PAGE}/clients/{}", confidential.id))
        .await;
    let described = described.json();
    assert_eq!(described["client"]["ClientSecret"], secret);
    assert_eq!(described["is_return_address_registered"], false);
    let asked = json!({"UserPoolId": pool.id.as_str(), "ClientId": public.id.as_str()});
    let by_api = app
        .post_json_with("DescribeUserPoolClient", &asked, &SIGNED)
        .await;
    let described = app
        .get(&format!("{PAGE}/clients/{}", public.id))
        .await
        .json();
    assert_eq!(described["client"], by_api.json()["UserPoolClient"]);
    assert_eq!(described["client"].get("ClientSecret"), None);
}

const SIGNED: [(&str, &str); 2] = [
    ("x-amz-date", "20250101T000000Z"),
    (
        "authorization",
        "AWS4-HMAC-SHA256 Credential=any/20250101/us-east-1/cognito-idp/aws4_request, \
         SignedHeaders=host, Signature=00",
    ),
];

#[tokio::test]
async fn a_client_that_is_not_there_is_not_found_whatever_it_is_called() {
    let app = start().await;
    let long = "a".repeat(10_000);
    for id in [
        "nobody",
        "%00",
        "%2e%2e%2f",
        "%22%3E%3Cscript%3E",
        "%0d%0aX-A:%20b",
        &long,
    ] {
        let answer = app.get(&format!("{PAGE}/clients/{id}")).await;
        assert_eq!(answer.status, 404, "{id}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.headers.get("x-a"), None);
    }
}

/// Posts the form of the page from a browser that has seen it.
async fn register(app: &TestApp, fields: &[(&str, &str)]) -> DoorAnswer {
    let browser = Browser::new(app);
    let csrf = csrf_of(&browser.get(PAGE).await);
    let mut pairs = vec![("_csrf", csrf.as_str())];
    pairs.extend_from_slice(fields);
    browser.post(REGISTER, &pairs).await
}

#[tokio::test]
async fn one_click_registers_the_page_and_changes_nothing_else() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.confidential_client(&pool).await;
    let path = format!("{PAGE}/clients/{}", client.id);
    let before = app.get(&path).await.json();
    for _ in 0..2 {
        let answer = register(&app, &[("client_id", client.id.as_str())]).await;
        assert_eq!(answer.status, 302);
        assert_eq!(answer.location(), format!("{PAGE}?client_id={}", client.id));
    }
    let mut after = app.get(&path).await.json();
    assert_eq!(after["is_return_address_registered"], true);
    let own = json!(format!("http://localhost:9229{RETURN}"));
    for list in ["CallbackURLs", "LogoutURLs"] {
        let urls = after["client"][list].as_array_mut().unwrap();
        assert_eq!(urls.iter().filter(|url| **url == own).count(), 1);
        urls.retain(|url| *url != own);
        if urls.is_empty() {
            after["client"].as_object_mut().unwrap().remove(list);
        }
    }
    for when in ["LastModifiedDate", "CreationDate"] {
        after["client"][when] = before["client"][when].clone();
    }
    assert_eq!(after["client"], before["client"]);
}

#[tokio::test]
async fn s54_registering_needs_the_token_of_the_browser_that_has_the_page() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let id = client.id.as_str();
    let browser = Browser::new(&app);
    let csrf = csrf_of(&browser.get(PAGE).await);
    let fields = [("client_id", id), ("_csrf", csrf.as_str())];
    assert_eq!(
        app.post_form(REGISTER, &fields).await.status,
        403,
        "no cookie"
    );
    assert_eq!(
        browser.post(REGISTER, &fields[..1]).await.status,
        403,
        "no field"
    );
    let other = [
        ("client_id", id),
        ("_csrf", "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64"),
    ];
    assert_eq!(browser.post(REGISTER, &other).await.status, 403, "another");
    for site in ["cross-site", "same-site"] {
        let from_elsewhere = [("sec-fetch-site", site), ("sec-fetch-mode", "navigate")];
        let answer = browser.post_with(REGISTER, &fields, &from_elsewhere).await;
        assert_eq!(answer.status, 403, "{site}");
    }
    let get = app
        .get(&format!("{REGISTER}?client_id={id}&_csrf={csrf}"))
        .await;
    assert_eq!(get.status, 405);
    let path = format!("{PAGE}/clients/{id}");
    let described = app.get(&path).await.json();
    assert_eq!(described["is_return_address_registered"], false);
}

#[tokio::test]
async fn s64_a_hostile_client_id_reaches_no_header() {
    let app = start().await;
    for id in ["", "nobody", "a\r\nSet-Cookie: b=c", "\0", "\u{202e}"] {
        let answer = register(&app, &[("client_id", id)]).await;
        assert_eq!(answer.status, 400, "{id:?}");
        assert_eq!(answer.headers.get("location"), None);
        assert!(
            !answer
                .cookies()
                .iter()
                .any(|cookie| cookie.starts_with("b="))
        );
    }
}

#[tokio::test]
async fn s75_pages_of_other_sites_get_nothing_of_the_playground() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.confidential_client(&pool).await;
    for path in [
        format!("{PAGE}/clients"),
        format!("{PAGE}/clients/{}", client.id),
        format!("{PAGE}/errors?error=invalid_grant"),
    ] {
        for site in ["cross-site", "same-site"] {
            let headers = [("sec-fetch-site", site), ("sec-fetch-mode", "cors")];
            let answer = app.get_with(&path, &headers).await;
            assert_eq!(answer.status, 403, "{site} {path}");
        }
        let answer = app
            .get_with(&path, &[("origin", "https://evil.example")])
            .await;
        assert_eq!(answer.status, 403, "{path}");
        assert_eq!(answer.headers.get("access-control-allow-origin"), None);
    }
}

#[tokio::test]
async fn outside_the_dev_profile_there_is_no_playground() {
    let dev = start().await;
    let files = files_of(&dev.get(PAGE).await);
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let mut paths = vec![
        PAGE.to_owned(),
        RETURN.to_owned(),
        format!("{PAGE}/clients"),
        format!("{PAGE}/clients/any"),
        format!("{PAGE}/errors?error=a"),
    ];
    paths.extend(files);
    for path in paths {
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
    let answer = app.post_form(REGISTER, &[("client_id", "any")]).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn the_dictionary_is_asked_by_code_and_by_text_and_bounded() {
    let app = start().await;
    let found = app.get(&format!("{PAGE}/errors?error=invalid_grant")).await;
    let found = found.json();
    assert!(found.as_array().unwrap().len() > 3);
    for entry in found.as_array().unwrap() {
        assert!(entry["cause"].as_str().unwrap().ends_with('.'), "{entry}");
    }
    let unknown = app.get(&format!("{PAGE}/errors?error=nobody+knows")).await;
    assert_eq!(unknown.json(), json!([]));
    let long = "a".repeat(1025);
    for query in ["", "?error=", &format!("?error={long}")] {
        let answer = app.get(&format!("{PAGE}/errors{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

/// The reasons by which the page's deliberate mistakes look their words up.
#[tokio::test]
async fn every_deliberate_mistake_has_words_in_the_dictionary() {
    let app = start().await;
    let page = app.get(PAGE).await;
    let files = files_of(&page);
    let (folder, _) = files[0].rsplit_once('/').unwrap();
    let module = app.get(&format!("{folder}/mistakes.js")).await;
    let texts = module.text().lines().filter(|line| line.contains("told: "));
    let mut count = 0;
    for text in texts.flat_map(|line| line.split('\'').skip(1).step_by(2)) {
        let query = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let found = app
            .get(&format!("{PAGE}/errors?error={query}"))
            .await
            .json();
        let is_known = found
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["place"] == "token");
        assert!(is_known, "{text}: {found}");
        count += 1;
    }
    assert!(count >= 9, "{count} reasons");
}
