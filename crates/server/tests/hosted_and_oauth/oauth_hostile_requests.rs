//! Requests that are too much or make no sense.

use axum::body::Body;
use http::Request;
use poolhouse_testkit::TestApp;

use crate::browser::start;

async fn post(app: &TestApp, path: &str, body: Vec<u8>) -> u16 {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    app.send(request).await.status.as_u16()
}

#[tokio::test]
async fn s57_bodies_that_are_too_long_or_malformed_are_refused() {
    let app = start().await;
    for path in ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo"] {
        assert_eq!(post(&app, path, vec![b'a'; 1024 * 1024 + 1]).await, 413);
        for body in [
            vec![b'a'; 1024 * 1024],
            b"&".repeat(10_000),
            b"a=b&".repeat(101),
            b"client_id=%ff%fe&grant_type=\xff\xfe\0".to_vec(),
            b"%%%=%&=&&;".to_vec(),
            Vec::new(),
        ] {
            let status = post(&app, path, body).await;
            assert!((400..500).contains(&status), "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn s57_too_many_parameters_reach_the_error_page_and_no_application() {
    let app = start().await;
    for query in ["a&".repeat(101), "a".repeat(17 * 1024)] {
        for entrance in ["/oauth2/authorize", "/login", "/logout"] {
            let answer = app.get(&format!("{entrance}?{query}")).await;
            assert_eq!(answer.status, 302);
            assert!(
                answer
                    .location()
                    .starts_with("/error?error=invalid_request")
            );
        }
        assert_eq!(app.get(&format!("/error?{query}")).await.status, 400);
    }
}

#[tokio::test]
async fn s64_line_breaks_never_reach_a_header() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let hostile = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>";
    for name in [
        "state",
        "redirect_uri",
        "client_id",
        "login_hint",
        "lang",
        "scope",
        "x",
    ] {
        for entrance in ["/oauth2/authorize", "/login", "/logout"] {
            let query = crate::browser::authorize_query(&client, &[(name, hostile)]);
            let answer = app.get(&format!("{entrance}?{query}")).await;
            for (header, value) in &answer.headers {
                let value = value.as_bytes();
                assert!(
                    !value.contains(&b'\r') && !value.contains(&b'\n'),
                    "{header}"
                );
            }
            let cookies = answer.cookies();
            assert!(
                !cookies.iter().any(|cookie| cookie.starts_with("evil")),
                "{name}"
            );
        }
    }
}
